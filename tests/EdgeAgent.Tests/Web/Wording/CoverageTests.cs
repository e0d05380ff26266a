using System.Text.RegularExpressions;
using EdgeAgent.TestKit;
using EdgeAgent.Web.Wording;
using Xunit.Abstractions;

namespace EdgeAgent.Tests.Web.Wording;

/// <summary>How much of what drivers, protocols and checks say to people is in the phrasebook, and that it does not become less.</summary>
public sealed partial class CoverageTests(ITestOutputHelper output)
{
    /// <summary>Put in for what differs: a phrase of the book, because some places are phrases themselves.</summary>
    private const string Sample = "no answer";

    /// <summary>Advice that stands behind the status of an answer; it is no sentence alone.</summary>
    private const string Before = "answers 404";

    [Theory]
    [InlineData("what drivers say", 97, "src/EdgeAgent.Collector/Drivers", "src/EdgeAgent.Collector/Asking", "src/EdgeAgent.Collector/Receiving")]
    [InlineData("what protocols say", 90, "src/EdgeAgent.Protocols/OpcUa/Client", "src/EdgeAgent.Protocols/Serial", "src/EdgeAgent.Protocols/Modbus", "src/EdgeAgent.Protocols/S7",
        "src/EdgeAgent.Protocols/Dlt645", "src/EdgeAgent.Protocols/Cjt188", "src/EdgeAgent.Protocols/Melsec", "src/EdgeAgent.Protocols/MtConnect", "src/EdgeAgent.Protocols/Json", "src/EdgeAgent.Protocols/Hj212")]
    [InlineData("what checks of configurations say", 92, "src/EdgeAgent.Core/Configuration/Rules", "src/EdgeAgent.Core/Configuration/Loading", "src/EdgeAgent.Core/Configuration/Tables",
        "src/EdgeAgent.Core/Configuration/Templates", "src/EdgeAgent.Core/Configuration/Remote", "src/EdgeAgent.Collector/Agent", "src/EdgeAgent.Collector/Configuring", "src/EdgeAgent/Configuring")]
    public void So_much_of_it_is_there_in_Chinese(string what, int percentLeast, params string[] folders)
    {
        string[] texts = [.. folders.SelectMany(folder => Directory.EnumerateFiles(RepositoryRoot.Combine(folder.Split('/')), "*.cs", SearchOption.AllDirectories))
            .Where(static file => !file.Contains("/obj/", StringComparison.Ordinal)).SelectMany(static file => SourceTexts.Of(File.ReadAllText(file))).Distinct().Order(StringComparer.Ordinal)];
        string[] missing = [.. texts.Where(static text => !IsCovered(text)).Select(static text => text.Replace(SourceTexts.Hole.ToString(), "{}", StringComparison.Ordinal))];
        double percent = 100.0 * (texts.Length - missing.Length) / texts.Length;
        string told = $"{what}: {texts.Length - missing.Length} of {texts.Length} texts are in the phrasebook ({percent:0.0} %); not there:\n  {string.Join("\n  ", missing)}";
        output.WriteLine(told);
        Assert.True(texts.Length > 100, $"Only {texts.Length} texts were found in {string.Join(", ", folders)}.");
        Assert.True(percent >= percentLeast, $"{told}\nPut what is new into phrases-zh.txt: the share was {percentLeast} % at least.");
    }

    [Fact]
    public void Texts_are_found_with_what_is_put_into_them()
    {
        const string source = """
            [LoggerMessage(1, LogLevel.Error, "for the log only")]
            // "no text at all"
            Say($"device '{name}' is {(gone ? "not there" : $"at {place["x y"]}")}" + ", and so on", 'c', '"', "word", "a \"quoted\" one", "{ \"not\": \"filled\" } in");
            """;
        Assert.Equal(
            ["device '\u0001' is \u0001, and so on", "not there", "at \u0001", "a \"quoted\" one", "{ \"not\": \"filled\" } in"],
            SourceTexts.Of(source));
    }

    /// <summary>Nothing of the sentence is left in English: no two English words stand beside each other, names and commands in quotes aside.</summary>
    private static bool IsCovered(string text) => IsSaid(text) || (text[0] is ':' or ',' && IsSaid(Before + text));

    private static bool IsSaid(string text)
    {
        string english = text.Replace(SourceTexts.Hole.ToString(), Sample, StringComparison.Ordinal);
        string chinese = Quoted().Replace(Phrasebook.Chinese.Of(english).Replace(Sample, "X", StringComparison.Ordinal), "");
        return Chinese().IsMatch(chinese) && !EnglishWords().IsMatch(chinese);
    }

    [GeneratedRegex("“[^”]*”")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Chinese();

    [GeneratedRegex("[a-z]{2,} [a-z]{2,}")]
    private static partial Regex EnglishWords();
}
