using System.Globalization;
using System.Numerics;
using NaturalThoughts.Answers.Mathematics;

namespace NaturalThoughts.Answers.Tests;

public class BallMathTests
{
    private const int Precision = 288;

    private static BallMath Arithmetic() => new(Precision, new Work(Work.Standard));

    [Theory]
    // Sixty decimals, computed with Python's decimal module at 80 digits: its exp, ln and sqrt, and Taylor series for the others.
    [InlineData("exp", "1", "2.718281828459045235360287471352662497757247093699959574966968")]
    [InlineData("exp", "-20", "0.000000002061153622438557827965940380155820976375807275599104")]
    [InlineData("exp", "0.001", "1.001000500166708341668055753993058311563076200580701460228515")]
    [InlineData("ln", "2", "0.693147180559945309417232121458176568075500134360255254120680")]
    [InlineData("ln", "1000000", "13.815510557964274104107948728106185245606608931772637856199967")]
    [InlineData("ln", "0.37", "-0.994252273343866923667887238337281251302125390089909788421743")]
    [InlineData("ln", "1.0001", "0.000099995000333308335333166680951131063482064401071075512661")]
    [InlineData("sin", "1", "0.841470984807896506652502321630298999622563060798371065672752")]
    [InlineData("sin", "-7.5", "-0.937999976774738857948463798149047236431831395508030367550741")]
    [InlineData("sin", "355", "-0.000030144353359488449214330280008650099590255807066324649106")]
    [InlineData("cos", "1", "0.540302305868139717400936607442976603732310420617922227670097")]
    [InlineData("cos", "100", "0.862318872287683934101938513950842535510084008535510829280162")]
    [InlineData("atan", "0.5", "0.463647609000806116214256231461214402028537054286120263810933")]
    [InlineData("atan", "12", "1.487655094906455389320653376988970144567453359059533484252845")]
    [InlineData("sqrt", "2", "1.414213562373095048801688724209698078569671875376948073176680")]
    [InlineData("sqrt", "0.0003", "0.017320508075688772935274463415058723669428052538103806280558")]
    public void Should_HoldTheValue_When_AFunctionIsTaken(string function, string argument, string expected)
    {
        BallMath math = Arithmetic();
        Ball x = math.Of(Decimal(argument));

        Ball value = function switch
        {
            "exp" => math.Exp(x),
            "ln" => math.Ln(x),
            "sin" => math.SinCos(x).Sin,
            "cos" => math.SinCos(x).Cos,
            "atan" => math.Atan(x),
            _ => math.Sqrt(x),
        };

        // The expectation is off by half a unit of the sixtieth decimal, 2^-200.
        Assert.True(math.Subtract(value, math.Of(Decimal(expected))).Magnitude < -198);
        Assert.True(value.Error < -210);
    }

    [Fact]
    public void Should_StayWithin_When_SumsAndProductsAreRounded()
    {
        // (1/3 + 1/7) * 21 / 10 is 1.
        BallMath math = Arithmetic();
        Ball sum = math.Add(math.Of(Rational.Of(1, 3)), math.Of(Rational.Of(1, 7)));

        Ball one = math.Divide(math.Multiply(sum, Ball.Of(21)), Ball.Of(10));

        Assert.True(math.Subtract(one, Ball.One).HasZero);
        Assert.False(one.IsExact);
        Assert.Equal(BigInteger.One, one.Integer());
    }

    [Fact]
    public void Should_Refuse_When_ADivisorIsZeroOrMayBe()
    {
        BallMath math = Arithmetic();
        Assert.Throws<UndefinedException>(() => math.Divide(Ball.One, Ball.Zero));
        Assert.Throws<UndecidedException>(() => math.Divide(Ball.One, new Ball(BigInteger.Zero, BigInteger.One, 0)));
        Assert.Throws<UndefinedException>(() => math.Ln(Ball.Zero));
    }

    [Fact]
    public void Should_EndUndecided_When_TheWorkIsUsedUp()
    {
        BallMath math = new(Precision, new Work(50));
        Assert.Throws<UndecidedException>(() => math.Exp(math.Of(Rational.Of(1, 3))));
    }

    private static Rational Decimal(string text)
    {
        int decimals = text.Contains('.', StringComparison.Ordinal) ? text.Length - text.IndexOf('.', StringComparison.Ordinal) - 1 : 0;
        BigInteger digits = BigInteger.Parse(text.Replace(".", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return Rational.Of(digits, BigInteger.Pow(10, decimals));
    }
}
