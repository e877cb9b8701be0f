namespace NaturalThoughts.Records;

/// <summary>The cluster of a question: 0, 1, ... or -1 for noise; the probability of membership is in [0, 1].</summary>
public sealed record ClusterAssignment(string QuestionId, int Cluster, double Probability);
