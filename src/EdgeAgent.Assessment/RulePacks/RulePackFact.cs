using System.Text.Json.Serialization;

namespace EdgeAgent.Assessment.RulePacks;

/// <summary>Where a member of a rule pack comes from.</summary>
/// <param name="From">How well it is founded.</param>
/// <param name="Note">What was found, what was not, and which sources disagree.</param>
public sealed record RulePackFact(FactSource From, string Note = "")
{
    /// <summary>Whether somebody must compare it with the official text before relying on it.</summary>
    [JsonIgnore]
    public bool IsUnchecked => From is FactSource.Unchecked or FactSource.Tool or FactSource.Ours;
}

/// <summary>How well a fact is founded.</summary>
public enum FactSource
{
    /// <summary>The acceptance forms of a city, word for word.</summary>
    Form,
    /// <summary>The question bank of an assessment platform for the 2024 edition.</summary>
    Bank,
    /// <summary>A third party's scoring tool.</summary>
    Tool,
    /// <summary>A public notice or a standard's page.</summary>
    Web,
    /// <summary>A rule of this project, where no official one was found.</summary>
    Ours,
    /// <summary>From memory; not compared with any text.</summary>
    Unchecked,
}
