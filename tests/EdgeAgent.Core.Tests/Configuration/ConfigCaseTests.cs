using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Core.Tests.Configuration;

/// <summary>Each folder of Cases is a configuration and every line that loading it must print. UPDATE_CASES=1 writes the lines anew.</summary>
public sealed class ConfigCaseTests
{
    private const string Secret = "s3cret-of-the-plant";

    public static TheoryData<string> Cases => [.. Directory.GetDirectories(CasesDirectory).Select(d => Path.GetFileName(d)).Order(StringComparer.Ordinal)];

    private static string CasesDirectory => Path.Combine(SourceTree.Root, "tests", "EdgeAgent.Core.Tests", "Cases");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Errors_are_these(string name)
    {
        string directory = Path.Combine(CasesDirectory, name);
        string file = Path.Combine(directory, "config.json");

        LoadedConfig loaded = ConfigFile.Load(file, variable => variable == "KNOWN" ? Secret : null);

        string actual = string.Concat(loaded.Errors.Select(e => e.ToString().Replace(directory + "/", "", StringComparison.Ordinal) + "\n"));
        string expectedFile = Path.Combine(directory, "expected.txt");
        if (Environment.GetEnvironmentVariable("UPDATE_CASES") == "1")
        {
            File.WriteAllText(expectedFile, actual);
        }

        Assert.Equal(File.ReadAllText(expectedFile), actual);
        Assert.Equal(name.StartsWith("valid", StringComparison.Ordinal), !loaded.Errors.Any);
        Assert.DoesNotContain(Secret, actual, StringComparison.Ordinal);
    }
}
