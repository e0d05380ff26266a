namespace EdgeAgent.Assessment.RulePacks;

/// <summary>An item of the questionnaire.</summary>
/// <param name="No">序号.</param>
/// <param name="Title">题目, word for word.</param>
/// <param name="Type">选项类型.</param>
/// <param name="Answer">Who answers it.</param>
/// <param name="Share">How the fractions of a multiple choice come about.</param>
/// <param name="Options">选项, in the order of the form.</param>
/// <param name="Numbers">Figures that the item asks for, in the order of the form.</param>
public sealed record RulePackQuestion(
    int No,
    string Title,
    QuestionType Type,
    QuestionAnswer Answer,
    OptionShare Share,
    IReadOnlyList<RulePackOption> Options,
    IReadOnlyList<RulePackNumber> Numbers)
{
    /// <summary>The option that stands for nothing (无); null where there is none.</summary>
    public RulePackOption? Nothing => Options.FirstOrDefault(o => o.Excludes);

    public RulePackOption? Find(string key) => Options.FirstOrDefault(o => o.Key == key);

    /// <summary>The fraction of the item's points that the chosen options bring, as numerator and denominator, so that 1/14 stays exact.</summary>
    public (decimal Numerator, decimal Denominator) Fraction(IReadOnlyCollection<string> chosen) => Share == OptionShare.Equal
        ? (Options.Count(o => !o.Excludes && chosen.Contains(o.Key)), Options.Count(o => !o.Excludes))
        : (Options.Where(o => chosen.Contains(o.Key)).Sum(o => o.Fraction), 1);
}

/// <summary>How many options may be chosen.</summary>
public enum QuestionType
{
    /// <summary>单选.</summary>
    Single,
    /// <summary>多选.</summary>
    Multiple,
}

/// <summary>Where the answer to an item comes from.</summary>
public enum QuestionAnswer
{
    /// <summary>Computed from collected data; nobody types it.</summary>
    Computed,
    /// <summary>Suggested from collected data, confirmed by a person.</summary>
    Assisted,
    /// <summary>Typed by a person.</summary>
    Typed,
}

/// <summary>How much each option of a multiple choice brings.</summary>
public enum OptionShare
{
    /// <summary>The fractions that stand beside the options.</summary>
    Listed,
    /// <summary>All options but 无 the same.</summary>
    Equal,
}

/// <summary>An option of an item.</summary>
/// <param name="Key">Short name by which answers refer to it.</param>
/// <param name="Fraction">Share of the item's points.</param>
/// <param name="Excludes">Whether it excludes the others, as 无 does.</param>
public sealed record RulePackOption(string Key, string Text, decimal Fraction, bool Excludes = false);

/// <summary>A figure that an item asks for.</summary>
/// <param name="Key">Short name by which answers refer to it.</param>
/// <param name="MayBeNegative">False for counts and amounts.</param>
public sealed record RulePackNumber(string Key, string Label, string Unit, bool MayBeNegative = false);
