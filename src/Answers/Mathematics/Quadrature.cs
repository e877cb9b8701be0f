using System.Numerics;

namespace NaturalThoughts.Answers.Mathematics;

/// <summary>A definite integral by the double exponential rule (Takahasi and Mori 1974), with two step sizes that must agree.</summary>
internal sealed class Quadrature(Evaluator evaluator, Node node, Work work)
{
    private const int Bits = 176;

    /// <summary>Bits to which half the points must agree: halving the step doubles the digits that are right.</summary>
    private const int Agreement = 40;

    /// <summary>Points in a unit of the rule's variable, for a finite and for an infinite range.</summary>
    private const int FiniteSteps = 16;

    private const int InfiniteSteps = 40;

    /// <summary>Beyond this the weights are below the error.</summary>
    private const int Reach = 5;

    private readonly BallMath _math = new(Bits, work);

    public ComplexBall Value()
    {
        (Node low, Node high) = (node.Args[1], node.Args[2]);
        bool up = high.IsSymbol("infinity");
        bool down = low.Any(inner => inner.IsSymbol("infinity"));
        Ball a = down ? Ball.Zero : Bound(low);
        Ball b = up ? Ball.Zero : Bound(high);
        Ball width = _math.Subtract(b, a);
        int steps = up || down ? InfiniteSteps : FiniteSteps;
        (Ball coarse, Ball between) = (Ball.Zero, Ball.Zero);
        for (int k = -Reach * steps; k <= Reach * steps; k++)
        {
            // s = pi/2 sinh t, with its derivative pi/2 cosh t.
            Ball t = _math.Divide(Ball.Of(k), Ball.Of(steps));
            Ball grow = _math.Exp(t);
            Ball fall = _math.Divide(Ball.One, grow);
            Ball quarter = _math.Pi() with { Exponent = _math.Pi().Exponent - 2 };
            Ball s = _math.Multiply(quarter, _math.Subtract(grow, fall));
            Ball slope = _math.Multiply(quarter, _math.Add(grow, fall));
            Ball e = _math.Exp(s);
            (Ball x, Ball weight) = (up, down) switch
            {
                (false, false) => Finite(a, width, e),
                (true, false) => (_math.Add(a, e), e),
                (false, true) => (_math.Subtract(b, e), e),
                _ => (Half(_math.Subtract(e, _math.Divide(Ball.One, e))), Half(_math.Add(e, _math.Divide(Ball.One, e)))),
            };
            Ball term = Weighted(x, _math.Multiply(weight, slope), Math.Abs(k) > 3 * steps);
            if (Math.Abs(k) == Reach * steps && term.Magnitude > -2 * Agreement)
            {
                throw new UndecidedException("an integral that falls too slowly");
            }

            (coarse, between) = (k & 1) == 0 ? (_math.Add(coarse, term), between) : (coarse, _math.Add(between, term));
        }

        // Every second point alone gives the sum for twice the step.
        Ball fine = _math.Divide(_math.Add(coarse, between), Ball.Of(steps));
        coarse = _math.Divide(coarse, Ball.Of(steps / 2));
        return _math.Subtract(coarse, fine).Magnitude < -Agreement
            ? evaluator.Estimate(fine, 2 * Agreement)
            : throw new UndecidedException("an integral that cannot be estimated");
    }

    /// <summary>x = a + (b - a) / (1 + e^-2s), counted from the nearer end.</summary>
    private (Ball X, Ball Weight) Finite(Ball a, Ball width, Ball e)
    {
        Ball square = _math.Multiply(e, e);
        Ball part = _math.Divide(square, _math.Add(square, Ball.One));
        Ball rest = _math.Divide(Ball.One, _math.Add(square, Ball.One));
        Ball weight = _math.Multiply(_math.Multiply(width, Ball.Of(2)), _math.Multiply(part, rest));
        return (_math.Add(a, _math.Multiply(width, part)), weight);
    }

    private Ball Weighted(Ball x, Ball weight, bool tail)
    {
        try
        {
            ComplexBall value = evaluator.At(node.Args[3], node.Args[0].Name, x, Bits);
            return value.IsReal ? _math.Multiply(value.Re, weight) : throw new UndecidedException("a complex integrand");
        }
        catch (Exception exception) when (exception is UndefinedException || (tail && exception is UndecidedException))
        {
            // An exception costs as much as many products.
            work.Spend(4_000);
            return tail ? Ball.Zero : throw new UndecidedException("an integrand without a value");
        }
    }

    private Ball Bound(Node bound)
    {
        ComplexBall value = evaluator.At(bound, node.Args[0].Name, Ball.Zero, Bits);
        return value.IsReal ? value.Re : throw new UndecidedException("a complex bound");
    }

    private static Ball Half(Ball a) => a with { Exponent = a.Exponent - 1 };
}
