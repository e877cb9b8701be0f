namespace NaturalThoughts.Answers.Mathematics;

/// <summary>A complex number within a ball for each part; a real one has an imaginary part of exactly zero.</summary>
internal readonly record struct ComplexBall(Ball Re, Ball Im)
{
    public static readonly ComplexBall Zero = new(Ball.Zero, Ball.Zero);

    public static readonly ComplexBall One = new(Ball.One, Ball.Zero);

    public static readonly ComplexBall I = new(Ball.Zero, Ball.One);

    public bool IsReal => Im.IsZero;

    public bool IsZero => Re.IsZero && Im.IsZero;

    public static implicit operator ComplexBall(Ball real) => new(real, Ball.Zero);

    public static ComplexBall operator -(ComplexBall a) => new(-a.Re, -a.Im);
}
