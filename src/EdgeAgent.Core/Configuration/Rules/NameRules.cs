using EdgeAgent.Core.Batches;

namespace EdgeAgent.Core.Configuration;

/// <summary>Rules for names: what can be one, and that it is there once.</summary>
internal static class NameRules
{
    /// <summary>Names travel in every definition and label; longer ones are mistakes.</summary>
    public const int CharsMax = 200;

    public static void CheckTopicName(string name, ConfigPath path, ConfigErrors errors)
    {
        if (!Topics.IsValidName(name))
        {
            errors.Add(path, $"'{name}' cannot be part of a topic", $"1 to {Topics.NameBytesMax} bytes, no + # / $, no control characters", "use letters, digits and hyphens");
        }
    }

    /// <summary>A name for people and labels: not empty, not endless, no control characters, nothing around it.</summary>
    public static bool CheckName(string name, ConfigPath path, ConfigErrors errors)
    {
        if (name.Length is > 0 and <= CharsMax && name.Trim().Length == name.Length && !name.Any(char.IsControl))
        {
            return true;
        }

        errors.Add(path, name.Length == 0 ? "an empty name" : "not a usable name", $"1 to {CharsMax} characters without control characters or spaces around", "");
        return false;
    }

    public static void CheckUnique(string name, Dictionary<string, ConfigPath> seen, ConfigPath path, string what, ConfigErrors errors)
    {
        if (!seen.TryAdd(name, path))
        {
            errors.Add(path, $"{what} '{name}' is there twice", "each name once", $"rename one; the other is at {seen[name]}");
        }
    }
}
