using System.Text.Json.Serialization;
using EdgeAgent.Assessment.Evidence;
using EdgeAgent.Assessment.Findings;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Web.Api;
using EdgeAgent.Web.Assess.Jobs;

namespace EdgeAgent.Web.Assess;

/// <summary>One pack of the list, without where it lies.</summary>
internal sealed record PackView(string Id, DateTimeOffset AsOf, DateTimeOffset CreatedAt, string ManifestSha256, string? Previous, long Bytes);

/// <summary>What an assessor sends to ask for a live challenge.</summary>
/// <param name="Expected">The value that the tag must take; left out: any other than now.</param>
/// <param name="LimitSeconds">How long to wait, at most an hour; 600 when left out.</param>
internal sealed record ChallengeBody(
    string Agent, string Device, string Tag, string Action, string? Asset = null, string? Expected = null, int LimitSeconds = 600, string? Note = null);

/// <summary>The answer: by this number the log has the request and what came of it.</summary>
/// <param name="SelfTest">Whoever asked is no assessor, so that it is recorded as a self-test and counts as no assessor's challenge.</param>
internal sealed record ChallengeTicket(long Challenge, DateTimeOffset RequestedAt, string Before, bool SelfTest);

/// <summary>What a job is to make: <c>forms</c>, <c>pack</c> or <c>summary</c>.</summary>
/// <param name="AsOf">Report instant as in addresses; now when left out.</param>
internal sealed record JobBody(string Kind, string? AsOf = null, string? Window = null);

/// <summary>How forms are made on this machine.</summary>
/// <param name="Pdf">Whether PDFs are made beside the DOCX files.</param>
internal sealed record FormMeans(bool Pdf, BilingualText Text);

/// <summary>What a verification found.</summary>
/// <param name="Problems">The first disagreements; <paramref name="ProblemCount"/> counts all.</param>
/// <param name="Challenges">Live challenges by who asked, in words.</param>
internal sealed record VerifyView(
    bool Holds, string? Id, string? Site, DateTimeOffset? AsOf, DateTimeOffset? CreatedAt, BilingualText? Notice, string ManifestSha256, string FileSha256, long Bytes, long Batches, int Devices,
    BilingualText Result, IReadOnlyList<PackProblemView> Problems, int ProblemCount, IReadOnlyList<BilingualText> Notes, BilingualText Challenges)
{
    public const int ProblemsShownMax = 200;
}

/// <summary>One disagreement of a pack with itself.</summary>
/// <param name="File">The file of the pack; empty for the container as such.</param>
internal sealed record PackProblemView(string File, BilingualText Place, BilingualText Text);

/// <summary>What stands beside an assessment on a page.</summary>
/// <param name="Bands">Upper ends of the options of both rates, in percent.</param>
/// <param name="Reasons">Texts of reason codes, by code.</param>
/// <param name="Findings">One for each finding of the result, in its order.</param>
/// <param name="Items">One for each item of the result, in its order.</param>
/// <param name="Scenes">One for each scene of the result, in its order.</param>
/// <param name="Blockers">Why it is no final result, in Chinese; the result has them in English.</param>
/// <param name="Simulated">Whether any figure comes from simulated data.</param>
internal sealed record ResultTexts(
    IReadOnlyList<decimal> Bands, IReadOnlyDictionary<string, BilingualText> Reasons, IReadOnlyList<FindingView> Findings, IReadOnlyList<ItemTexts> Items, IReadOnlyList<SceneTexts> Scenes,
    IReadOnlyList<string> Blockers, bool Simulated,
    string LedgerSource, long LedgerSequence);

/// <summary>What an item says in words: what is wrong with the answer, and what each option rests on (null: nothing to say).</summary>
internal sealed record ItemTexts(IReadOnlyList<BilingualText> Problems, IReadOnlyList<BilingualText?> Options);

/// <summary>What a scene says in words: what is wrong with the level, and what was observed.</summary>
internal sealed record SceneTexts(IReadOnlyList<BilingualText> Problems, IReadOnlyList<BilingualText> Facts);

/// <summary>A finding in words.</summary>
internal sealed record FindingView(BilingualText Label, BilingualText Text, BilingualText Advice, IReadOnlyList<BilingualText> Evidence, IReadOnlyList<BilingualText> Values);

/// <summary>One asset of the assessment: what a person who doubts its verdict looks at.</summary>
/// <param name="Counts">Whether it counts as networked.</param>
/// <param name="Excluded">Why it is not in N; null when it is.</param>
internal sealed record DeviceDrill(
    string AssetNo, string Name, bool Counts, IReadOnlyList<ReasonView> Reasons, ReasonView? Excluded, DeviceRules Rules, IReadOnlyList<TagView> Tags,
    IReadOnlyList<FindingView> Findings);

internal sealed record ReasonView(string Code, BilingualText Text);

/// <summary>The rules by which it was judged.</summary>
internal sealed record DeviceRules(decimal MinCoverage, int MinActiveDays, long MinGood, string Window, IReadOnlyList<DateTimeOffset> Between);

/// <summary>A tag of a device that speaks for the asset.</summary>
internal sealed record TagView(string Agent, string Device, string Tag, string Unit, int IntervalMs);

/// <summary>The questionnaire with what was typed into it.</summary>
internal sealed record QuestionnaireView(string RulePack, IReadOnlyList<QuestionView> Items, IReadOnlyList<SceneQuestion> Scenes, string Stamp);

/// <param name="Typed">What a person answered; null when nobody did, or it is computed.</param>
internal sealed record QuestionView(RulePackQuestion Question, TypedAnswer? Typed);

internal sealed record SceneQuestion(RulePackScene Scene, SceneLevel? Typed);

/// <summary>An answer as it is sent: who, when and why come with the event.</summary>
internal sealed record AnswerEdit(
    IReadOnlyList<string> Options, IReadOnlyDictionary<string, decimal> Numbers, IReadOnlyList<EvidenceReference> Evidence, string Reason, string Note = "", string? Seen = null);

internal sealed record SceneEdit(int Level, IReadOnlyList<EvidenceReference> Evidence, string Reason, int? LevelBefore = null, string Note = "", string? Seen = null);

/// <summary>How the baseline is taken: observed from data when no figures are given, declared from a report otherwise.</summary>
/// <param name="AsOf">T0: now, a date, or an instant with offset.</param>
internal sealed record BaselineEdit(string AsOf, BaselineDeclaration? Declared = null);

/// <summary>Figures of a diagnosis report (诊断报告).</summary>
/// <param name="Sha256">Of the report, uploaded to the subject <c>project</c> before.</param>
internal sealed record BaselineDeclaration(int Total, int Digital, int Networked, string Sha256, IReadOnlyList<string> NetworkedAssets);

internal sealed record BaselineTaken(string Kind, DateTimeOffset AsOf, DateTimeOffset TakenAt, int Total, int Digital, int Networked, string Sha256);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(PackView))]
[JsonSerializable(typeof(ChallengeBody))]
[JsonSerializable(typeof(ChallengeTicket))]
[JsonSerializable(typeof(JobBody))]
[JsonSerializable(typeof(JobView))]
[JsonSerializable(typeof(ApiPage<JobView>))]
[JsonSerializable(typeof(FormMeans))]
[JsonSerializable(typeof(VerifyView))]
[JsonSerializable(typeof(ResultTexts))]
[JsonSerializable(typeof(DeviceDrill))]
[JsonSerializable(typeof(QuestionnaireView))]
[JsonSerializable(typeof(AnswerEdit))]
[JsonSerializable(typeof(SceneEdit))]
[JsonSerializable(typeof(BaselineEdit))]
[JsonSerializable(typeof(BaselineTaken))]
internal sealed partial class AssessJson : JsonSerializerContext;
