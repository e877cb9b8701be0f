using NaturalThoughts.Checkpoints.Tokenization;
using NaturalThoughts.Contracts;

// Started by BytePairRefusalTests, because the runtime decides at its start whether it normalises: loads a tokenizer, and normalises e with an accent apart.
try
{
    Console.WriteLine($"{Tokenizer.Load(args[0]).Normalize("e\u0301").Length} characters");
}
catch (UserErrorException error)
{
    Console.WriteLine(error.Message);
}
