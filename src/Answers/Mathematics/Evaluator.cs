using System.Numerics;

namespace NaturalThoughts.Answers.Mathematics;

/// <summary>The value of a formula at a point, within a ball.</summary>
internal sealed partial class Evaluator
{
    private readonly ComplexMath _math;

    private readonly BallMath _real;

    private readonly Dictionary<string, ComplexBall> _point;

    private readonly bool _realOnly;

    /// <param name="math">The arithmetic, with its precision and its work.</param>
    /// <param name="point">Values of the letters.</param>
    /// <param name="realOnly">Whether a root or logarithm of a negative number has no value.</param>
    public Evaluator(BallMath math, Dictionary<string, ComplexBall> point, bool realOnly)
    {
        (_real, _math, _point, _realOnly) = (math, new ComplexMath(math), point, realOnly);
    }

    /// <summary>Whether a limit, an integral or a series was approximated: its ball is an estimate.</summary>
    public bool Estimated { get; private set; }

    /// <summary>The value of a formula at the point of this evaluator.</summary>
    /// <exception cref="UndefinedException">There is none at this point.</exception>
    /// <exception cref="UndecidedException">It cannot be told.</exception>
    public ComplexBall Value(Node node)
    {
        _real.Work.Spend(4);
        switch (node.Kind)
        {
            case NodeKind.Number:
                return _real.Of(node.Value);
            case NodeKind.Symbol:
                return Symbol(node.Name);
            case NodeKind.Unit:
                return Value(Units.Worth(node.Name));
            case NodeKind.Sum:
                ComplexBall sum = Value(node.Args[0]);
                for (int i = 1; i < node.Args.Length; i++)
                {
                    sum = _math.Add(sum, Value(node.Args[i]));
                }

                return sum;
            case NodeKind.Product:
                ComplexBall product = Value(node.Args[0]);
                for (int i = 1; i < node.Args.Length; i++)
                {
                    Node factor = node.Args[i];
                    product = factor.Kind == NodeKind.Power && ReferenceEquals(factor.Args[1], Node.MinusOne)
                        ? _math.Divide(product, Value(factor.Args[0]))
                        : _math.Multiply(product, Value(factor));
                }

                return product;
            case NodeKind.Power:
                return Power(node.Args[0], node.Args[1]);
            case NodeKind.Call:
                return Call(node);
            default:
                throw new UndecidedException("no single value");
        }
    }

    private ComplexBall Symbol(string name)
    {
        if (_point.TryGetValue(name, out ComplexBall value))
        {
            return value;
        }

        return name switch
        {
            "pi" => _real.Pi(),
            "e" => _real.Exp(Ball.One),
            "i" => ComplexBall.I,
            _ => throw new UndecidedException("a letter without a value"),
        };
    }

    private ComplexBall Power(Node radix, Node exponent)
    {
        if (Exact.Value(exponent, _real.Work) is { } rational)
        {
            return Power(Value(radix), rational);
        }

        ComplexBall power = Value(exponent);
        if (power is { IsReal: true, Re.IsExact: true } && power.Re.Integer() is { } whole)
        {
            return Power(Value(radix), new Rational(whole));
        }

        if (radix.IsSymbol("e") && !_point.ContainsKey("e"))
        {
            return _math.Exp(power);
        }

        ComplexBall value = Value(radix);
        if (value.IsZero)
        {
            return power.IsReal && BallMath.Sign(power.Re) > 0 ? ComplexBall.Zero : throw new UndefinedException();
        }

        if (_realOnly && (!value.IsReal || BallMath.Sign(value.Re) <= 0))
        {
            throw new UndefinedException();
        }

        return _math.Exp(_math.Multiply(power, _math.Ln(value)));
    }

    private ComplexBall Power(ComplexBall radix, Rational exponent)
    {
        if (exponent.IsInteger)
        {
            return radix.IsZero && exponent.Sign <= 0 ? throw new UndefinedException() : _math.Power(radix, exponent.Numerator);
        }

        if (radix.IsZero)
        {
            return exponent.Sign > 0 ? radix : throw new UndefinedException();
        }

        if (exponent.Denominator == 2)
        {
            ComplexBall root = _realOnly ? _real.Sqrt(RealPart(radix)) : _math.Sqrt(radix);
            return exponent.Numerator.IsOne ? root : _math.Power(root, exponent.Numerator);
        }

        if (radix.IsReal)
        {
            int sign = BallMath.Sign(radix.Re);
            if (sign == 0)
            {
                return exponent.Sign > 0 ? ComplexBall.Zero : throw new UndefinedException();
            }

            if (sign > 0)
            {
                return Root(radix.Re, exponent);
            }

            // Odd roots of negative numbers are real.
            if (!exponent.Denominator.IsEven)
            {
                Ball size = Root(-radix.Re, exponent);
                return exponent.Numerator.IsEven ? size : -size;
            }
        }

        return _realOnly ? throw new UndefinedException() : _math.Exp(_math.Multiply(_real.Of(exponent), _math.Ln(radix)));
    }

    private Ball Root(Ball radix, Rational exponent) => _real.Exp(_real.Multiply(_real.Of(exponent), _real.Ln(radix)));

    private Ball RealPart(ComplexBall value) => value.IsReal ? value.Re : throw new UndecidedException("a complex number where a real one is expected");
}
