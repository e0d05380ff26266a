using System.Text.Json;
using EdgeAgent.Collector.Drivers.OpcUa;
using EdgeAgent.Configuring;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Protocols.OpcUa.Certificates;
using EdgeAgent.Web.Access;
using EdgeAgent.Web.Api;

namespace EdgeAgent.Web.Engineering;

/// <summary>Which OPC UA servers are trusted: a server shows its certificate at the first attempt to connect, and a person decides.</summary>
internal sealed class CertificatePages(RunningConfiguration configuration, AccessLog log, TimeProvider time)
{
    public void Map(ApiBuilder api)
    {
        EngineeringJson json = EngineeringJson.Default;
        api.Post("/api/engineering/certificates", AccessPermission.Engineer, "Certificates of OPC UA servers that an endpoint met, and its own", ListAsync)
            .Takes(json.CertificatesRequest).Gives(json.CertificatesView, "Certificates").Quiet();
        api.Post("/api/engineering/certificates/trust", AccessPermission.Engineer, "Trusts a server's certificate whose fingerprint was compared", TrustAsync)
            .Takes(json.TrustRequest).Gives(json.CertificatesView, "It is trusted").Fails(StatusCodes.Status404NotFound, "No server showed such a certificate.");
    }

    private async Task ListAsync(HttpContext context, Caller caller)
    {
        CertificatesRequest request = await context.ReadJsonAsync(EngineeringJson.Default.CertificatesRequest);
        await context.WriteJsonAsync(ViewOf(StoreOf(request.Endpoint)), EngineeringJson.Default.CertificatesView);
    }

    private async Task TrustAsync(HttpContext context, Caller caller)
    {
        TrustRequest request = await context.ReadJsonAsync(EngineeringJson.Default.TrustRequest);
        OpcUaCertificateStore store = StoreOf(request.Endpoint);
        TrustEntry entry = store.List("rejected").FirstOrDefault(e => e.Thumbprint.Equals(request.Thumbprint, StringComparison.OrdinalIgnoreCase))
            ?? throw ApiProblem.NotFound(new(
                $"没有待信任的服务器证书 {request.Thumbprint}。请重新连接一次服务器。", $"No server showed a certificate {request.Thumbprint}. Connect to the server once more."));
        try
        {
            store.Trust(entry);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw ApiProblem.Conflict(new($"证书无法写入 {store.Directory}：{problem.Message}", $"The certificate cannot be written to {store.Directory}: {problem.Message}"));
        }

        log.Note(context, caller.Who, "trusted a server's certificate", ("thumbprint", entry.Thumbprint), ("subject", entry.Subject));
        await context.WriteJsonAsync(ViewOf(store), EngineeringJson.Default.CertificatesView);
    }

    private OpcUaCertificateStore StoreOf(JsonElement endpoint)
    {
        TrialPlant plant = TrialPlant.Make(configuration, endpoint, null, null);
        if (plant.Agent is not { Endpoints: [{ Driver: OpcUaDriverFactory.DriverName } of] })
        {
            throw plant.Problems.Count > 0
                ? ApiProblem.BadRequest(plant.Problems.Text())
                : ApiProblem.BadRequest(new ApiText("只有 OPC UA 连接有服务器证书。", "Only OPC UA endpoints have certificates of servers."));
        }

        return new OpcUaCertificateStore(OpcUaBrowsing.StoreOf(of), time);
    }

    private static CertificatesView ViewOf(OpcUaCertificateStore store) => new(
        store.Own is { } own ? ViewOf(own) : null, [.. store.List("rejected").Select(ViewOf)], [.. store.List("trusted").Select(ViewOf)]);

    private static CertificateView ViewOf(TrustEntry entry) =>
        new(entry.Thumbprint, entry.Subject, entry.ApplicationUri, entry.Hosts, new DateTimeOffset(entry.NotBefore), new DateTimeOffset(entry.NotAfter));
}

/// <param name="Endpoint">Name, driver and settings; or the name of one that is configured.</param>
internal sealed record CertificatesRequest(JsonElement Endpoint);

/// <param name="Thumbprint">Of the certificate that was compared with what the server shows.</param>
internal sealed record TrustRequest(JsonElement Endpoint, string Thumbprint);

/// <summary>A certificate as people compare it.</summary>
internal sealed record CertificateView(string Thumbprint, string Subject, string? ApplicationUri, IReadOnlyList<string> Hosts, DateTimeOffset ValidFrom, DateTimeOffset ValidUntil);

/// <param name="Own">The one that servers have to trust; null before the first connection with security.</param>
/// <param name="Rejected">Those of servers that nobody decided about.</param>
internal sealed record CertificatesView(CertificateView? Own, IReadOnlyList<CertificateView> Rejected, IReadOnlyList<CertificateView> Trusted);
