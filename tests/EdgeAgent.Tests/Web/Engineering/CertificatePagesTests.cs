using System.Net;
using System.Text.Json;
using EdgeAgent.Simulation.OpcUa;
using EdgeAgent.TestKit;

namespace EdgeAgent.Tests.Web.Engineering;

/// <summary>A server with a certificate that nobody has seen: refused, shown, trusted by an engineer, browsed.</summary>
public sealed class CertificatePagesTests : IAsyncLifetime
{
    private readonly TempDirectory _store = new();
    private SimulatedOpcUaServer _plant = null!;
    private EngineeringServer _server = null!;

    public async Task InitializeAsync()
    {
        _plant = await SimulatedOpcUaServer.StartAsync(
            new SimulatedOpcUaConfig { Name = "plant", Listen = "127.0.0.1:0", Security = ["basic256sha256"], Machines = [new SimulatedOpcUaMachineConfig { Name = "press-1", Machine = "press", Seed = 3 }] },
            TimeProvider.System);
        _server = await EngineeringServer.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _plant.DisposeAsync();
        _store.Dispose();
    }

    private object Endpoint => new { name = "cell", driver = "opc-ua", settings = new { endpoints = (string[])[$"opc.tcp://127.0.0.1:{_plant.Server.Port}"], certificateStore = _store.Path } };

    [Fact]
    public async Task A_server_that_was_never_seen_is_trusted_by_its_fingerprint_only()
    {
        (HttpStatusCode status, JsonElement refused) = await _server.SendAsync("POST", "/api/engineering/browse", new { endpoint = Endpoint }, language: "zh");
        Assert.Equal(HttpStatusCode.BadGateway, status);
        Assert.Equal("server-not-trusted", refused.GetProperty("code").GetString());
        Assert.Contains("尚未信任服务器证书", refused.GetProperty("detail").GetString(), StringComparison.Ordinal);

        (_, JsonElement met) = await _server.PostAsync("/api/engineering/certificates", new { endpoint = Endpoint });
        string thumbprint = met.GetProperty("rejected").EnumerateArray().Single().GetProperty("thumbprint").GetString()!;
        Assert.Empty(met.GetProperty("trusted").EnumerateArray());
        Assert.Contains(thumbprint, refused.GetProperty("detail").GetString(), StringComparison.Ordinal);

        (status, _) = await _server.PostAsync("/api/engineering/certificates/trust", new { endpoint = Endpoint, thumbprint = new string('A', 40) });
        Assert.Equal(HttpStatusCode.NotFound, status);
        (status, JsonElement now) = await _server.PostAsync("/api/engineering/certificates/trust", new { endpoint = Endpoint, thumbprint });
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(thumbprint, now.GetProperty("trusted").EnumerateArray().Single().GetProperty("thumbprint").GetString());
        Assert.Contains(thumbprint, _server.AuditText, StringComparison.Ordinal);

        (status, JsonElement browsed) = await _server.PostAsync("/api/engineering/browse", new { endpoint = Endpoint });
        Assert.True(status == HttpStatusCode.OK, browsed.ToString());
    }

    [Fact]
    public async Task Only_endpoints_of_OPC_UA_have_certificates()
    {
        (HttpStatusCode status, _) = await _server.PostAsync("/api/engineering/certificates", new { endpoint = "line-1" });
        Assert.Equal(HttpStatusCode.BadRequest, status);
    }
}
