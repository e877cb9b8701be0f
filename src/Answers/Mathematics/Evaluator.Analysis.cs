using System.Numerics;

namespace NaturalThoughts.Answers.Mathematics;

internal sealed partial class Evaluator
{
    /// <summary>An estimate is trusted to this many bits; two ways of estimating must agree to it.</summary>
    public const int EstimatedBits = 100;

    private const int LongestLoop = 20_000;

    private const int InnerBits = 640;

    private const int LimitBits = 900;

    private ComplexBall Analysis(Node node)
    {
        _real.Work.Spend(20);
        return node.Name switch
        {
            "integral" => new Quadrature(this, node, _real.Work).Value(),
            "sum" or "prod" => Sequence(node),
            _ => Limit(node),
        };
    }

    /// <summary>The value of a body at a value of its own letter.</summary>
    public ComplexBall At(Node body, string letter, ComplexBall value, int precision = 0)
    {
        BallMath math = precision == 0 ? _real : new BallMath(precision, _real.Work);
        Dictionary<string, ComplexBall> point = new(_point, StringComparer.Ordinal) { [letter] = value };
        Evaluator inner = new(math, point, _realOnly);
        ComplexBall result = inner.Value(body);
        Estimated |= inner.Estimated;
        return result;
    }

    /// <summary>Marks the value as an estimate.</summary>
    public Ball Estimate(Ball value, int bits = EstimatedBits)
    {
        Estimated = true;
        return Series.Estimate(value, bits);
    }

    /// <summary>The derivative by the central difference, whose error falls with the square of the step.</summary>
    private ComplexBall Derivative(string letter, Node body)
    {
        BallMath math = new(LimitBits, _real.Work);
        Ball at = RealPart(Symbol(letter));
        Ball step = new(BigInteger.One, BigInteger.Zero, -130);
        Ball above = RealPart(At(body, letter, math.Add(at, step), LimitBits));
        Ball below = RealPart(At(body, letter, math.Subtract(at, step), LimitBits));
        Ball difference = math.Subtract(above, below);
        return Estimate(difference with { Exponent = difference.Exponent + 129 });
    }

    private ComplexBall Sequence(Node node)
    {
        (string index, Node last, Node body) = (node.Args[0].Name, node.Args[2], node.Args[3]);
        BigInteger low = Whole(RealPart(Value(node.Args[1])));
        bool product = node.Name == "prod";
        if (last.IsSymbol("infinity"))
        {
            return product ? throw new UndecidedException("an infinite product") : Infinite(low, index, body);
        }

        BigInteger count = Whole(RealPart(Value(last))) - low + 1;
        if (count > LongestLoop)
        {
            throw new UndecidedException("a sum that is too long");
        }

        ComplexBall result = product ? ComplexBall.One : ComplexBall.Zero;
        for (int k = 0; k < (int)count; k++)
        {
            ComplexBall term = At(body, index, Ball.Of(low + k));
            result = product ? _math.Multiply(result, term) : _math.Add(result, term);
        }

        return result;
    }

    /// <summary>An infinite series: summed where its terms fall like a geometric one, else accelerated.</summary>
    private Ball Infinite(BigInteger low, string index, Node body)
    {
        BallMath math = new(InnerBits, _real.Work);
        Ball Term(int k) => RealPart(At(body, index, Ball.Of(low + k), InnerBits));
        Ball[] probe = [Term(20), Term(21), Term(40), Term(41)];
        if (probe.Any(term => term.IsZero) && !probe.All(term => term.IsZero))
        {
            throw new UndecidedException("a series with gaps");
        }

        if (BallMath.Sign(probe[0]) * BallMath.Sign(probe[1]) < 0 && BallMath.Sign(probe[2]) * BallMath.Sign(probe[3]) < 0 && Falls(probe[0], probe[2], 1))
        {
            return Alternating(math, Term);
        }

        return Falls(probe[3], Term(82), 1, 4096)
            ? Geometric(math, Term)
            : Falls(probe[0], Term(82), 1, 5) ? Levin(math, Term) : throw new UndecidedException("a series that may diverge");

        // Whether the second size is below the first times the quotient.
        bool Falls(Ball a, Ball b, int over, int under = 1) =>
            BallMath.Sign(math.Subtract(math.Multiply(Absolute(a), Ball.Of(over)), math.Multiply(Absolute(b), Ball.Of(under)))) > 0;
    }

    private static Ball Absolute(Ball a) => a with { Middle = BigInteger.Abs(a.Middle) };

    private Ball Alternating(BallMath math, Func<int, Ball> term)
    {
        Ball Size(int k) => (k & 1) == 0 ? term(k) : -term(k);
        Ball more = Series.Alternating(math, Size, 90);
        Ball less = Series.Alternating(math, Size, 80);
        return Agreed(math, less, more);
    }

    private Ball Geometric(BallMath math, Func<int, Ball> term)
    {
        Ball sum = Ball.Zero;
        for (int k = 0; k < 4_000; k++)
        {
            Ball next = term(k);
            sum = math.Add(sum, next);
            if (k > 41 && next.Magnitude < -EstimatedBits - 40)
            {
                return Estimate(sum);
            }
        }

        throw new UndecidedException("a series that falls too slowly");
    }

    /// <summary>Levin's u transformation (1973) of the partial sums, with 60 and with 56 terms.</summary>
    private Ball Levin(BallMath math, Func<int, Ball> term)
    {
        const int Most = 60;
        Ball[] terms = [.. Enumerable.Range(0, Most + 1).Select(term)];
        if (Array.Exists(terms, t => t.HasZero))
        {
            terms = [.. Enumerable.Range(0, Most + 1).Select(k => term(k + 2))];
            return Estimate(math.Add(math.Add(term(0), term(1)), Transformed(math, terms)));
        }

        return Transformed(math, terms);
    }

    private Ball Transformed(BallMath math, Ball[] terms)
    {
        return Agreed(math, Levin(math, terms, terms.Length - 5), Levin(math, terms, terms.Length - 1));

        static Ball Levin(BallMath math, Ball[] terms, int n)
        {
            (Ball over, Ball under, Ball sum, BigInteger choose) = (Ball.Zero, Ball.Zero, Ball.Zero, BigInteger.One);
            for (int j = 0; j <= n; j++)
            {
                sum = math.Add(sum, terms[j]);
                Ball weight = math.Divide(math.Multiply(Ball.Of((j & 1) == 0 ? choose : -choose), Ball.Of(BigInteger.Pow(j + 1, n - 2))), terms[j]);
                over = math.Add(over, math.Multiply(weight, sum));
                under = math.Add(under, weight);
                choose = choose * (n - j) / (j + 1);
            }

            return math.Divide(over, under);
        }
    }

    /// <summary>The second estimate, where the first one agrees with it.</summary>
    private Ball Agreed(BallMath math, Ball first, Ball second, int bits = EstimatedBits)
    {
        Ball difference = math.Subtract(first, second);
        return difference.Magnitude < -bits ? Estimate(second, bits) : throw new UndecidedException("a series that cannot be estimated");
    }

    /// <summary>A limit: the value very near to the point, where two distances agree, on both sides.</summary>
    private ComplexBall Limit(Node node)
    {
        (string letter, Node point, Node body) = (node.Args[0].Name, node.Args[1], node.Args[2]);
        bool infinite = point.Any(inner => inner.IsSymbol("infinity"));
        int sign = point.Kind == NodeKind.Symbol ? 1 : -1;
        BallMath math = new(LimitBits, _real.Work);
        if (infinite)
        {
            return Near(k => new Ball(sign, BigInteger.Zero, k));
        }

        Ball at = RealPart(new Evaluator(math, _point, _realOnly).Value(point));
        Ball Right(int k) => math.Add(at, new Ball(BigInteger.One, BigInteger.Zero, -k));
        Ball Left(int k) => math.Add(at, new Ball(BigInteger.MinusOne, BigInteger.Zero, -k));
        if (node.Name != "lim")
        {
            return Near(node.Name == "lim+" ? Right : Left);
        }

        Ball right = Near(Right);
        return Agreed(math, Near(Left), right, EstimatedBits - 8);

        Ball Near(Func<int, Ball> argument)
        {
            Ball far = RealPart(At(body, letter, argument(130), LimitBits));
            Ball near = RealPart(At(body, letter, argument(170), LimitBits));
            return Agreed(math, far, near);
        }
    }
}
