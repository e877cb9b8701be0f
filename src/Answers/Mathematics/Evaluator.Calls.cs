using System.Numerics;

namespace NaturalThoughts.Answers.Mathematics;

internal sealed partial class Evaluator
{
    private const int LargestFactorial = 3_000;

    private ComplexBall Call(Node node)
    {
        switch (node.Name)
        {
            case "sum" or "prod" or "integral" or "lim" or "lim+" or "lim-":
                return Analysis(node);
            case "derivative":
                return Derivative(node.Args[0].Name, node.Args[1]);
            case "abs":
                return _math.Abs(Value(node.Args[0]));
            case "ln":
                return Ln(Value(node.Args[0]));
            case "log":
                return _math.Divide(Ln(Value(node.Args[0])), Ln(Value(node.Args[1])));
            case "sin" or "cos" or "tan" or "cot" or "sec" or "csc" or "cis":
                return Trigonometric(node.Name, Value(node.Args[0]));
            case "sinh" or "cosh" or "tanh" or "coth" or "sech" or "csch":
                return Hyperbolic(node.Name, Value(node.Args[0]));
            case "re":
                return Value(node.Args[0]).Re;
            case "im":
                return Value(node.Args[0]).Im;
            case "arg":
                return _math.Angle(Value(node.Args[0]));
            case "?overline" or "?bar":
                ComplexBall conjugate = Value(node.Args[0]);
                return node.Args[0].Any(inner => inner.IsSymbol("i"))
                    ? conjugate with { Im = -conjugate.Im }
                    : throw new UndecidedException("a line over letters");
            case "max" or "min":
                return Extreme(node);
            case "gcd" or "lcm":
                return Divisors(node);
            default:
                Ball[] args = [.. node.Args.Select(arg => RealPart(Value(arg)))];
                return RealCall(node.Name, args);
        }
    }

    private ComplexBall RealCall(string name, Ball[] args) => name switch
    {
        "floor" or "ceil" or "round" or "trunc" => Rounded(name, args[0]),
        "sgn" => Ball.Of(BallMath.Sign(args[0])),
        "arcsin" => Arcsin(args[0]),
        "arccos" => _real.Subtract(HalfPi(), Arcsin(args[0])),
        "arctan" => _real.Atan(args[0]),
        "arccot" => _real.Subtract(HalfPi(), _real.Atan(args[0])),
        "arcsec" => _real.Subtract(HalfPi(), Arcsin(_real.Divide(Ball.One, args[0]))),
        "arccsc" => Arcsin(_real.Divide(Ball.One, args[0])),
        "arsinh" => _real.Ln(_real.Add(args[0], _real.Sqrt(_real.Add(Square(args[0]), Ball.One)))),
        "arcosh" => BallMath.Sign(_real.Subtract(args[0], Ball.One)) < 0
            ? throw new UndefinedException()
            : _real.Ln(_real.Add(args[0], _real.Sqrt(_real.Subtract(Square(args[0]), Ball.One)))),
        "artanh" => Half(_real.Ln(_real.Divide(_real.Add(Ball.One, args[0]), _real.Subtract(Ball.One, args[0])))),
        "factorial" => Factorial(Whole(args[0]), 1),
        "factorial2" => Factorial(Whole(args[0]), 2),
        "binom" => Binomial(args[0], Whole(args[1])),
        "permutations" => Falling(args[0], Whole(args[1])),
        "mod" => Modulo(args[0], args[1]),
        "zeta" => Series.Zeta(_real, Whole(args[0])),
        _ => throw new UndecidedException("a function that is not known"),
    };

    private ComplexBall Ln(ComplexBall value)
    {
        if (_realOnly && (!value.IsReal || BallMath.Sign(value.Re) <= 0))
        {
            throw new UndefinedException();
        }

        return _math.Ln(value);
    }

    private ComplexBall Trigonometric(string name, ComplexBall x)
    {
        ComplexBall sin;
        ComplexBall cos;
        if (x.IsReal)
        {
            (Ball realSin, Ball realCos) = _real.SinCos(x.Re);
            (sin, cos) = (realSin, realCos);
        }
        else
        {
            ComplexBall power = _math.Exp(_math.Multiply(ComplexBall.I, x));
            ComplexBall inverse = _math.Divide(ComplexBall.One, power);
            sin = _math.Divide(_math.Subtract(power, inverse), new ComplexBall(Ball.Zero, Ball.Of(2)));
            cos = _math.Divide(_math.Add(power, inverse), Ball.Of(2));
        }

        return name switch
        {
            "sin" => sin,
            "cos" => cos,
            "tan" => _math.Divide(sin, cos),
            "cot" => _math.Divide(cos, sin),
            "sec" => _math.Divide(ComplexBall.One, cos),
            "csc" => _math.Divide(ComplexBall.One, sin),
            _ => _math.Add(cos, _math.Multiply(ComplexBall.I, sin)),
        };
    }

    private ComplexBall Hyperbolic(string name, ComplexBall x)
    {
        ComplexBall power = _math.Exp(x);
        ComplexBall inverse = _math.Divide(ComplexBall.One, power);
        ComplexBall sinh = _math.Divide(_math.Subtract(power, inverse), Ball.Of(2));
        ComplexBall cosh = _math.Divide(_math.Add(power, inverse), Ball.Of(2));
        return name switch
        {
            "sinh" => sinh,
            "cosh" => cosh,
            "tanh" => _math.Divide(sinh, cosh),
            "coth" => _math.Divide(cosh, sinh),
            "sech" => _math.Divide(ComplexBall.One, cosh),
            _ => _math.Divide(ComplexBall.One, sinh),
        };
    }

    private static Ball Half(Ball a) => a with { Exponent = a.Exponent - 1 };

    private Ball HalfPi() => Half(_real.Pi());

    private Ball Square(Ball a) => _real.Multiply(a, a);

    private Ball Arcsin(Ball x)
    {
        Ball rest = _real.Subtract(Ball.One, Square(x));
        int sign = BallMath.Sign(rest);
        return sign < 0 ? throw new UndefinedException()
            : sign == 0 ? (BallMath.Sign(x) > 0 ? HalfPi() : -HalfPi())
            : _real.Atan(_real.Divide(x, _real.Sqrt(rest)));
    }

    private static Ball Rounded(string name, Ball x)
    {
        if (x.Integer() is { } whole)
        {
            return Ball.Of(whole);
        }

        if (x.Exponent >= 0 || x.Magnitude > 100_000 || x.Exponent < -1_000_000)
        {
            throw new UndecidedException("a rounding that cannot be told", imprecise: true);
        }

        int shift = (int)-x.Exponent;
        BigInteger half = name == "round" ? BigInteger.One << (shift - 1) : BigInteger.Zero;
        BigInteger low = (x.Middle - x.Radius + half) >> shift;
        BigInteger high = (x.Middle + x.Radius + half) >> shift;
        if (low != high)
        {
            throw new UndecidedException("a rounding that cannot be told", imprecise: true);
        }

        return Ball.Of(name == "ceil" || (name == "trunc" && x.IsNegative) ? low + 1 : low);
    }

    private static BigInteger Whole(Ball x) =>
        x.Integer()
            ?? (x.Error < -60 && x.Exponent < 0 ? throw new UndefinedException() : throw new UndecidedException("a whole number is expected", imprecise: true));

    private Ball Factorial(BigInteger n, int step)
    {
        if (n.Sign < 0)
        {
            throw new UndefinedException();
        }

        if (n > LargestFactorial)
        {
            throw new UndecidedException("a factorial that is too large");
        }

        BigInteger product = BigInteger.One;
        for (int k = (int)n; k > 1; k -= step)
        {
            product *= k;
            _real.Work.Spend(1 + (product.GetBitLength() / 256));
        }

        return Ball.Of(product);
    }

    private Ball Binomial(Ball n, BigInteger k) => k.Sign < 0 ? Ball.Zero
        : n.Integer() is { } all && all.Sign >= 0 && k > all / 2 ? (k > all ? Ball.Zero : Binomial(n, all - k))
        : _real.Divide(Falling(n, k), Factorial(k, 1));

    private Ball Falling(Ball n, BigInteger k)
    {
        if (k.Sign < 0 || k > LargestFactorial)
        {
            throw new UndecidedException("a number of factors that is too large");
        }

        Ball product = Ball.One;
        for (int j = 0; j < (int)k; j++)
        {
            product = _real.Multiply(product, _real.Subtract(n, Ball.Of(j)));
        }

        return product;
    }

    private Ball Modulo(Ball a, Ball b)
    {
        Ball quotient = Rounded("floor", _real.Divide(a, b));
        return _real.Subtract(a, _real.Multiply(quotient, b));
    }

    private ComplexBall Extreme(Node node)
    {
        Ball best = RealPart(Value(node.Args[0]));
        foreach (Node arg in node.Args.Skip(1))
        {
            Ball next = RealPart(Value(arg));
            int sign = BallMath.Sign(_real.Subtract(next, best));
            best = sign > 0 == (node.Name == "max") && sign != 0 ? next : best;
        }

        return best;
    }

    private ComplexBall Divisors(Node node)
    {
        BigInteger result = node.Name == "gcd" ? BigInteger.Zero : BigInteger.One;
        foreach (Node arg in node.Args)
        {
            BigInteger next = BigInteger.Abs(Whole(RealPart(Value(arg))));
            BigInteger common = BigInteger.GreatestCommonDivisor(result, next);
            result = node.Name == "gcd" ? common : common.IsZero ? BigInteger.Zero : result / common * next;
            _real.Work.Spend(10 + result.GetBitLength());
        }

        return Ball.Of(result);
    }
}
