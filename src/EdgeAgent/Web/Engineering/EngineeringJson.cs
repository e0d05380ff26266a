using System.Text.Json.Serialization;
using EdgeAgent.Configuring;
using EdgeAgent.Web.Api;

namespace EdgeAgent.Web.Engineering;

/// <summary>Source-generated JSON of the engineer's pages.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ConfigView))]
[JsonSerializable(typeof(Draft))]
[JsonSerializable(typeof(CheckView))]
[JsonSerializable(typeof(DiffView))]
[JsonSerializable(typeof(ApplyRequest))]
[JsonSerializable(typeof(RollbackRequest))]
[JsonSerializable(typeof(AppliedView))]
[JsonSerializable(typeof(ConfigStateView))]
[JsonSerializable(typeof(ApiPage<HistoryEntry>), TypeInfoPropertyName = "HistoryPage")]
[JsonSerializable(typeof(ApiPage<TemplateView>), TypeInfoPropertyName = "TemplatePage")]
[JsonSerializable(typeof(TemplateDetail))]
[JsonSerializable(typeof(ApiPage<DriverView>), TypeInfoPropertyName = "DriverPage")]
[JsonSerializable(typeof(NewDeviceRequest))]
[JsonSerializable(typeof(DraftView))]
[JsonSerializable(typeof(PasteRequest))]
[JsonSerializable(typeof(DraftTable))]
[JsonSerializable(typeof(PastedView))]
[JsonSerializable(typeof(ReadRequest))]
[JsonSerializable(typeof(ReadView))]
[JsonSerializable(typeof(GuessRequest))]
[JsonSerializable(typeof(GuessView))]
[JsonSerializable(typeof(BrowseRequest))]
[JsonSerializable(typeof(BrowseView))]
[JsonSerializable(typeof(CertificatesRequest))]
[JsonSerializable(typeof(TrustRequest))]
[JsonSerializable(typeof(CertificatesView))]
[JsonSerializable(typeof(ScanRequestBody))]
[JsonSerializable(typeof(ScanView))]
[JsonSerializable(typeof(AgentListView))]
[JsonSerializable(typeof(AgentDecision))]
[JsonSerializable(typeof(InviteRequest))]
[JsonSerializable(typeof(InviteView))]
[JsonSerializable(typeof(PushRequest))]
[JsonSerializable(typeof(PushRecord))]
internal sealed partial class EngineeringJson : JsonSerializerContext;
