"""Networks in plain NumPy: forward, backward, and derivatives of first and second order.

Columns are samples: X has shape (..., d_0, n), and h^l = W^l z^{l-1} (+ b^l), z^l = phi(h^l).
The parameters are one flat tuple, (W1, W2, ...) or with biases (W1, b1, W2, b2, ...); gradients
are tuples of the same shapes.

    rng = np.random.default_rng(0)
    net = FullyConnected((4, 8, 3), TANH)              # the last layer is linear
    params = net.initialize(rng, Xavier())             # (W1, W2)
    output, record = net.forward(params, X)            # or: output = net(params, X)
    gradient, X_gradient = net.backward(record, SQUARED.gradient(output, Y))
    net.jvp(params, X, direction)                      # J v, of the output's shape
    net.vjp(params, X, g)                              # J^T g: (for params, for X)
    net.hvp(params, X, SQUARED, Y, direction)          # Hessian of the loss, times v
    net.jacobian(params, X)                            # (..., d_L, n, p)

Other kinds: DeepLinear, Residual, BatchNormalized, Convolutional, SharedWeightNetwork; or any chain
`Network((Linear(3, 4), BatchNorm(4), Elementwise(RELU, 4), ...))` of steps.

`record.values` are the steps' inputs and the output: (z^0, h^1, z^1, ..., h^L) without biases.

Leading axes are independent runs and broadcast, so a thousand networks train in one operation:

    f = objective(net, SQUARED, X, Y)                  # f.value, f.gradient, f.hvp, f.hessian
    theta = net.flatten(net.initialize(rng, He(), runs=(1000,)))           # (1000, p)
    run = minimize(f, theta, GradientDescent(0.01), 500)
    params = net.unflatten(run.x)

The objective is a finite sum, so that `minimize(..., batches=Batches(8))` draws minibatches.

Losses are plain sums: SQUARED is |F - Y|_F^2, Squared(half=True, mean=True) is its 1/(2n)-fold.
Kinks: RELU has phi'(0) = 0, relu(0.5) has 1/2; see `activations` and `losses`.
float64 unless the arrays are float32.  Wrong shapes, NaN and infinities are refused by name.
"""

from .activations import (
    ERF,
    HARD_TANH,
    IDENTITY,
    QUADRATIC,
    RELU,
    SIGMOID,
    SOFTPLUS,
    TANH,
    THRESHOLD,
    Activation,
    hard_tanh,
    leaky_relu,
    relu,
    sigmoid,
    softplus,
    threshold,
)
from .batch_norm import BatchNorm, BatchNormalized
from .chain import Record
from .convolutional import Average, Convolution, Convolutional, sliding_patches
from .fully_connected import DeepLinear, FullyConnected
from .initialization import FanIn, Gaussian, He, IdentityPlusNoise, Orthogonal, Xavier, Zero
from .losses import (
    CROSS_ENTROPY,
    HINGE,
    LOGISTIC,
    SQUARED,
    CrossEntropy,
    Hinge,
    Logistic,
    Loss,
    Squared,
    log_sum_exp,
    one_hot,
    softmax,
)
from .network import Network
from .objective import NetworkObjective, objective
from .residual import Residual, Sum, residual_step
from .shared_weights import SharedWeightNetwork, SharedWeights
from .steps import Bias, Elementwise, Linear, Step
from .unit_norm import UnitNorm

__all__ = [
    "CROSS_ENTROPY",
    "ERF",
    "HARD_TANH",
    "HINGE",
    "IDENTITY",
    "LOGISTIC",
    "QUADRATIC",
    "RELU",
    "SIGMOID",
    "SOFTPLUS",
    "SQUARED",
    "TANH",
    "THRESHOLD",
    "Activation",
    "Average",
    "BatchNorm",
    "BatchNormalized",
    "Bias",
    "Convolution",
    "Convolutional",
    "CrossEntropy",
    "DeepLinear",
    "Elementwise",
    "FanIn",
    "FullyConnected",
    "Gaussian",
    "He",
    "Hinge",
    "IdentityPlusNoise",
    "Linear",
    "Logistic",
    "Loss",
    "Network",
    "NetworkObjective",
    "Orthogonal",
    "Record",
    "Residual",
    "SharedWeightNetwork",
    "SharedWeights",
    "Squared",
    "Step",
    "Sum",
    "UnitNorm",
    "Xavier",
    "Zero",
    "hard_tanh",
    "leaky_relu",
    "log_sum_exp",
    "objective",
    "one_hot",
    "relu",
    "residual_step",
    "sigmoid",
    "sliding_patches",
    "softmax",
    "softplus",
    "threshold",
]
