using System.Text.RegularExpressions;
using EdgeAgent.Ui.Tests.Harness;

namespace EdgeAgent.Ui.Tests.Everywhere;

/// <summary>Addresses for pages with parameters: things that the demo has. One line for each page.</summary>
public static partial class Examples
{
    private static readonly Dictionary<string, string> ByName = new()
    {
        ["devices.device"] = "/devices/gw-01/press-1",
        ["engineering.agent"] = "/engineering/agents/demo-plant/gw-01",
        ["ledger.asset"] = "/ledger/assets/A-001",
        ["provider.site"] = "/provider/demo-plant",
    };

    /// <summary>Pages that answer nobody who is logged in already, and who looks at them.</summary>
    private static readonly Dictionary<string, UiRole> Viewers = new()
    {
        ["login"] = UiRole.Nobody,
    };

    /// <summary>Pages that exist only before there is an account; flows look at them.</summary>
    private static readonly HashSet<string> OnlyOnce = ["first-start"];

    /// <summary>Console lines that browsers write about answers which these pages expect.</summary>
    private static readonly Dictionary<string, string> Expected = [];

    public static IReadOnlyList<string> ExpectedOf(PageAddress page) => Expected.TryGetValue(page.Name, out string? part) ? [part] : [];

    public static bool IsShown(PageAddress page) => !OnlyOnce.Contains(page.Name);

    public static UiRole ViewerOf(PageAddress page) => Viewers.GetValueOrDefault(page.Name, UiRole.Admin);

    public static string AddressOf(PageAddress page)
    {
        if (ByName.TryGetValue(page.Name, out string? address))
        {
            return address;
        }

        string plain = OptionalParameter().Replace(page.Path, "");
        return plain.Contains(':', StringComparison.Ordinal)
            ? throw new InvalidOperationException($"The page {page.Name} at {page.Path} has a parameter: give an example of it in {nameof(Examples)}.")
            : plain;
    }

    [GeneratedRegex(@"/:\w+(\([^)]*\))?\?")]
    private static partial Regex OptionalParameter();
}
