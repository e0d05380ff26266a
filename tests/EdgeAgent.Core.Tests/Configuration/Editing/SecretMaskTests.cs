using System.Text;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Core.Tests.Configuration.Editing;

public sealed class SecretMaskTests
{
    private const string Original = """{ "a": { "password": "geheim" }, "tokens": [ "t1", "${env:T2}" ], "user": "bob" /* the user */ }""";

    [Fact]
    public void Secrets_are_replaced_by_their_number_and_references_stay()
    {
        string shown = Encoding.UTF8.GetString(SecretMask.Hide(Parse(Original)));
        Assert.Equal("""{ "a": { "password": "***kept 1***" }, "tokens": [ "***kept 2***", "${env:T2}" ], "user": "bob" /* the user */ }""", shown);
    }

    [Fact]
    public void What_comes_back_gets_them_again_wherever_the_marks_stand_now()
    {
        Assert.True(SecretMask.TryRestore(Parse("""{ "moved": { "password": "***kept 1***", "token": "new" } }"""), Parse(Original), out byte[] restored));
        Assert.Equal("""{ "moved": { "password": "geheim", "token": "new" } }""", Encoding.UTF8.GetString(restored));
    }

    [Fact]
    public void A_mark_of_nothing_is_told() =>
        Assert.False(SecretMask.TryRestore(Parse("""{ "password": "***kept 3***" }"""), Parse(Original), out _));

    private static JsoncText Parse(string text) => JsoncText.Parse(Encoding.UTF8.GetBytes(text))!;
}
