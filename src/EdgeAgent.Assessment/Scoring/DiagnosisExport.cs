using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeAgent.Assessment.RulePacks;

namespace EdgeAgent.Assessment.Scoring;

/// <summary>An assessment in the shape in which a diagnosis platform takes submissions.</summary>
/// <remarks>The platform's own ids of questions, options and scenes are not public, so numbers and keys of the rule pack stand in their place;
/// a table of ids turns them into a platform's. Blanks have the names of the platform's form fields where these are known.</remarks>
public static class DiagnosisExport
{
    private const string ScenesModule = "数字化经营";

    /// <summary>Number of the module 数字化经营 on the platform; the questionnaire's modules are 1 to 3.</summary>
    private const int ScenesModuleKey = 4;

    private static readonly DiagnosisJsonContext Context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <param name="enterpriseId">The enterprise's id on the platform, or its 统一社会信用代码.</param>
    /// <param name="ids">Platform ids by our own names: <c>question:2</c>, <c>option:2/D</c>, <c>scene:生产管控</c>; what is not there goes by our name.</param>
    public static byte[] Write(AssessmentResult result, RulePack pack, string enterpriseId, IReadOnlyDictionary<string, string> ids)
    {
        string Id(string name) => ids.TryGetValue(name, out string? id) ? id : name;
        string[] modules = [.. pack.Dimensions.Select(d => d.Name)];
        DiagnosisSubmission submission = new(
            enterpriseId,
            [.. result.Items.Select(i => new DiagnosisQuestion(
                i.Dimension, Array.IndexOf(modules, i.Dimension) + 1, i.No, i.Title, Id($"question:{i.No}"),
                [.. i.Options.Where(o => o.Ticked).Select(o => Id($"option:{i.No}/{o.Letter}"))], Blanks(i, pack)))],
            [.. result.Scenes.Select(s => new DiagnosisScene(ScenesModule, ScenesModuleKey, s.Order, s.Name, Id($"scene:{s.Name}"), s.Level))]);
        return JsonSerializer.SerializeToUtf8Bytes(submission, Context.DiagnosisSubmission);
    }

    private static Dictionary<string, string> Blanks(ItemResult item, RulePack pack)
    {
        Dictionary<string, string> blanks = [];
        if (item.Value is { } value)
        {
            blanks["具体数据"] = value.Split(' ')[0];
        }

        switch (item.No)
        {
            case RulePack.DigitalizationNo:
                blanks["其中生产设备数量为（台）"] = $"{item.D}";
                blanks["实现数字化的生产设备数量为（台）"] = $"{item.N}";
                break;
            case RulePack.NetworkingNo:
                blanks["其中实现联网的生产设备数量为（台）"] = $"{item.N}";
                break;
            default:
                foreach (RulePackNumber number in pack.FindItem(item.No)?.Numbers ?? [])
                {
                    if (item.Numbers.TryGetValue(number.Key, out decimal typed))
                    {
                        blanks[number.Label] = typed.ToString(System.Globalization.CultureInfo.InvariantCulture);
                    }
                }

                break;
        }

        return blanks;
    }
}

/// <summary>The submission.</summary>
internal sealed record DiagnosisSubmission(
    string EnterpriseId, IReadOnlyList<DiagnosisQuestion> DigitalScoringQuestionList, IReadOnlyList<DiagnosisScene> DigitalScenariosList);

/// <summary>One answered question.</summary>
internal sealed record DiagnosisQuestion(
    string FirstModuleName, int FirstModuleKey, int Order, string Title, string QuestionId, IReadOnlyList<string> OptionIds, IReadOnlyDictionary<string, string> Blank);

/// <summary>One scene with its level.</summary>
internal sealed record DiagnosisScene(string FirstModuleName, int FirstModuleKey, int Order, string Title, string ScenariosId, int ScenariosLevel);

/// <summary>Serialization code for submissions, generated at build time.</summary>
[JsonSerializable(typeof(DiagnosisSubmission))]
internal sealed partial class DiagnosisJsonContext : JsonSerializerContext;
