namespace NaturalThoughts.Sources.Tests.Questions;

/// <summary>Rows of our own in exactly the owners' schemas, and the field maps that the shipped benchmarks use.</summary>
internal static class Schemas
{
    public const string GpqaMap = """
        {"id": "Record ID", "text": "Question",
         "options": {"correct": "Correct Answer", "incorrect": ["Incorrect Answer 1", "Incorrect Answer 2", "Incorrect Answer 3"]},
         "meta": {"domain": "High-level domain", "subdomain": "Subdomain"}}
        """;

    public const string Gpqa = """
        Pre-Revision Question,Question,Correct Answer,Incorrect Answer 1,Incorrect Answer 2,Incorrect Answer 3,High-level domain,Subdomain,Record ID
        old,"Which of these, if any,
        glows at ""absolute"" zero?",none of them,a lamp,a star,a firefly,Physics,Optics,recAAAA
        old,How many legs has a spider?,8,6,"10
        ",4,Biology,Zoology,recBBBB

        """;

    public const string MathMap =
        """{"id": "unique_id", "text": "problem", "reference": {"field": "answer"}, "meta": {"subject": "subject", "level": "level"}}""";

    public const string Math = """
        {"problem": "Compute $\\frac{1}{2}+\\frac{1}{3}.$", "solution": "It is $\\boxed{\\frac{5}{6}}.$", "answer": "\\frac{5}{6}", "subject": "Prealgebra", "level": 2, "unique_id": "test/prealgebra/1.json"}
        {"problem": "What is $2^{10}$?", "solution": "$\\boxed{1024}$", "answer": "1024", "subject": "Algebra", "level": 1, "unique_id": "test/algebra/2.json"}
        """;

    public const string MmluProMap = """
        {"id": "question_id", "text": "question", "options": {"list": "options", "drop": ["N/A"]}, "reference": {"field": "answer", "as": "letter"},
         "meta": {"category": "category", "src": "src"}, "known": {"category": ["biology", "business", "chemistry"]}}
        """;

    public const string MmluPro = """
        [{"question_id": 70, "question": "What do bees make?", "options": ["milk", "honey", "silk", "N/A"], "answer": "B", "answer_index": 1, "cot_content": "", "category": "biology", "src": "ori_mmlu-x"},
         {"question_id": 71, "question": "What is NaCl?", "options": ["sugar", "salt"], "answer": "B", "answer_index": 1, "cot_content": "A: ...", "category": "chemistry", "src": "stemez-x"}]
        """;

    public const string SuperGpqaMap = """
        {"id": "uuid", "text": "question", "options": {"list": "options"}, "reference": {"field": "answer_letter", "as": "letter"},
         "meta": {"discipline": "discipline", "field": "field", "subfield": "subfield", "difficulty": "difficulty", "calculation": "is_calculation"}}
        """;

    public const string SuperGpqa = """
        {"uuid": "0f0f", "question": "Which is prime?", "options": ["4", "6", "7", "9"], "answer": "7", "answer_letter": "C", "discipline": "Science", "field": "Mathematics", "subfield": "Number Theory", "difficulty": "easy", "is_calculation": true}
        """;

    public const string GsmMap = """{"text": "question", "reference": {"field": "answer", "after": "#### "}}""";

    public const string Gsm = """
        {"question": "Ann has 3 pens and buys 4 more. How many has she?", "answer": "She has 3+4=<<3+4=7>>7 pens.\n#### 7"}
        {"question": "A car costs 1,000 and gains a tenth. What is it worth?", "answer": "It is worth 1000*1.1=<<1000*1.1=1100>>1100.\n#### 1,100"}
        """;
}
