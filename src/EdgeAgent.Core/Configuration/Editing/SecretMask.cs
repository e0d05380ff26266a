using System.Globalization;
using System.Text.Json;

namespace EdgeAgent.Core.Configuration;

/// <summary>Takes passwords that stand in a configuration text out of what is shown, and puts them back into what comes from there.</summary>
/// <remarks>A password is replaced by its number in the text: <c>***kept 2***</c>. The mark says nothing about it, and means the same
/// password in every text that began as that one. References such as <c>${env:NAME}</c> are no secrets and stay.</remarks>
public static class SecretMask
{
    private const string Before = "***kept ";
    private const string Behind = "***";

    private static readonly string[] Endings = ["password", "token", "tokens", "secret", "secrets", "passphrase", "apikey", "authorization", "webhook"];

    /// <summary>The text with marks in place of secrets.</summary>
    public static byte[] Hide(JsoncText text) => text.With(SecretsOf(text).Select(static (node, i) => new JsoncEdit(node.Start, node.End, $"\"{Before}{i + 1}{Behind}\"")));

    /// <summary>The text with the secrets of another in place of marks; false when a mark stands for none of them.</summary>
    public static bool TryRestore(JsoncText masked, JsoncText original, out byte[] restored)
    {
        JsoncNode[] secrets = [.. SecretsOf(original)];
        var edits = new List<JsoncEdit>();
        bool all = true;
        foreach ((string _, JsoncNode node) in masked.Root.Walk())
        {
            if (node.Kind == JsonValueKind.String && NumberOf(node.Text) is { } number)
            {
                all &= number >= 1 && number <= secrets.Length;
                if (number >= 1 && number <= secrets.Length)
                {
                    edits.Add(new JsoncEdit(node.Start, node.End, JsonLayout.Quoted(secrets[number - 1].Text)));
                }
            }
        }

        restored = masked.With(edits);
        return all;
    }

    /// <summary>Whether a member of this name holds what nobody else should read.</summary>
    public static bool IsSecretName(string name) => Endings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<JsoncNode> SecretsOf(JsoncText text) => text.Root.Walk()
        .Where(static found => found.Node.Kind == JsonValueKind.String && found.Node.Text.Length > 0 && IsSecretName(found.Name)
            && !found.Node.Text.Contains("${", StringComparison.Ordinal))
        .Select(static found => found.Node);

    private static int? NumberOf(string text) => text.StartsWith(Before, StringComparison.Ordinal) && text.EndsWith(Behind, StringComparison.Ordinal)
        && text.Length > Before.Length + Behind.Length
        && int.TryParse(text.AsSpan(Before.Length, text.Length - Before.Length - Behind.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
