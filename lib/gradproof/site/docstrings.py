def process(app, what, name, obj, options, lines):
    pass
