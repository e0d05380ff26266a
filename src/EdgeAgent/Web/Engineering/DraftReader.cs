using System.Text;
using System.Text.Json;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Web.Api;

namespace EdgeAgent.Web.Engineering;

/// <summary>A draft put together with what it was made from.</summary>
/// <param name="Bundle">As it would be written.</param>
/// <param name="Shown">Its file with marks in place of passwords.</param>
/// <param name="Lost">Comments that it takes away.</param>
internal sealed record ReadDraft(ConfigBundle Bundle, string Shown, IReadOnlyList<LostComment> Lost);

/// <summary>Turns what a page sends into the files that would be written, and files into what a page shows.</summary>
internal static class DraftReader
{
    /// <param name="current">What it was made from.</param>
    /// <param name="mainName">The file's name, for messages.</param>
    /// <exception cref="ApiProblem">It cannot be put together.</exception>
    public static ReadDraft Read(Draft draft, ConfigBundle current, string mainName)
    {
        (byte[] shown, List<LostComment> lost) = FileOf(draft, current, mainName);
        byte[] main = shown;
        if (JsoncText.Parse(shown) is { } text && JsoncText.Parse(current.Main) is { } original && !SecretMask.TryRestore(text, original, out main))
        {
            throw ApiProblem.BadRequest(new(
                "草稿中有一处“***kept …***”不对应当前配置中的任何密码。请重新输入该密码。",
                "The draft keeps a password (***kept …***) that the configuration does not have. Type that password anew."));
        }

        return new ReadDraft(new ConfigBundle(main, Tables(draft, current, main, lost)), Encoding.UTF8.GetString(shown), lost);
    }

    /// <summary>A configuration as a page shows it.</summary>
    public static ConfigView View(ConfigBundle bundle, string path, string? notWritable, Configuring.DeviceVerdict? devices)
    {
        JsoncText? text = JsoncText.Parse(bundle.Main);
        byte[] shown = text is null ? bundle.Main : SecretMask.Hide(text);
        return new ConfigView(
            path, bundle.Hash, Encoding.UTF8.GetString(shown), text is null ? null : DataOf(shown),
            [.. bundle.Tables.OrderBy(static t => t.Key, StringComparer.Ordinal).Select(static t => SheetOf(t.Key, t.Value)).OfType<SheetView>()], notWritable, devices);
    }

    /// <summary>A text with comments as data without them.</summary>
    public static JsonElement DataOf(ReadOnlyMemory<byte> utf8)
    {
        using JsonDocument document = JsonDocument.Parse(utf8, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        using MemoryStream plain = new();
        using (Utf8JsonWriter writer = new(plain))
        {
            document.RootElement.WriteTo(writer); // The raw text of an element still has its comments.
        }

        using JsonDocument again = JsonDocument.Parse(plain.ToArray());
        return again.RootElement.Clone();
    }

    public static string NameOf(TableEncoding encoding) => JsonNamingPolicy.CamelCase.ConvertName(encoding.ToString());

    private static SheetView? SheetOf(string key, byte[] bytes) => TagSheet.Read(bytes) is { } sheet
        ? new SheetView(key, sheet.Columns, sheet.Rows, NameOf(sheet.Encoding), sheet.CommentLines, ConfigBundle.IsInside(key))
        : null;

    private static (byte[] Shown, List<LostComment> Lost) FileOf(Draft draft, ConfigBundle current, string mainName)
    {
        if (draft.Text is { } text)
        {
            return (Encoding.UTF8.GetBytes(text), []);
        }

        if (JsoncText.Parse(current.Main) is not { } original)
        {
            throw ApiProblem.Conflict(new(
                "当前配置文件不是有效的 JSON，请先以文本方式修正。",
                "The configuration file is no JSON at the moment. Put it right as text first."));
        }

        byte[] shown = SecretMask.Hide(original);
        if (draft.Config is not { ValueKind: JsonValueKind.Object } wanted)
        {
            return (shown, []);
        }

        JsoncMerge merge = JsoncMerge.Of(JsoncText.Parse(shown)!, wanted);
        return (merge.Result, [.. merge.Lost.Select(c => new LostComment(mainName, c.Line, c.Text))]);
    }

    private static Dictionary<string, byte[]> Tables(Draft draft, ConfigBundle current, byte[] main, List<LostComment> lost)
    {
        Dictionary<string, DraftTable> edited = (draft.Tables ?? new Dictionary<string, DraftTable>())
            .ToDictionary(static t => ConfigBundle.KeyOf(t.Key), static t => t.Value, StringComparer.Ordinal);
        Dictionary<string, byte[]> tables = new(StringComparer.Ordinal);
        foreach (string key in ConfigBundle.TableKeys(main))
        {
            byte[]? before = current.Tables.GetValueOrDefault(key);
            if (edited.TryGetValue(key, out DraftTable? table))
            {
                tables[key] = Written(key, table, before, lost);
            }
            else if (before is not null)
            {
                tables[key] = before;
            }
        }

        return tables;
    }

    private static byte[] Written(string key, DraftTable table, byte[]? before, List<LostComment> lost)
    {
        if (table.Rows.Count > TagSheet.RowsMax)
        {
            throw ApiProblem.BadRequest(new($"点表 {key} 超过 {TagSheet.RowsMax} 行。", $"Table {key} has more than {TagSheet.RowsMax} rows."));
        }

        TagSheet? old = before is null ? null : TagSheet.Read(before);
        if (old is not null && old.Columns.SequenceEqual(table.Columns) && old.Rows.Count == table.Rows.Count
            && old.Rows.Zip(table.Rows).All(static pair => pair.First.SequenceEqual(pair.Second)))
        {
            return before!;
        }

        lost.AddRange((old?.CommentLines ?? []).Select(line => new LostComment(key, line, "#")));
        TagSheet sheet = (old ?? new TagSheet(table.Columns, table.Rows)) with { Columns = table.Columns, Rows = table.Rows };
        return sheet.ToBytes();
    }
}
