using System.Net;
using System.Text.Json;
using EdgeAgent.Simulation.OpcUa;

namespace EdgeAgent.Tests.Web.Engineering;

/// <summary>The nodes of a simulated OPC UA server, level by level, and tags made of those that were chosen.</summary>
public sealed class BrowsingTests : IAsyncLifetime
{
    private SimulatedOpcUaServer _plant = null!;
    private EngineeringServer _server = null!;

    public async Task InitializeAsync()
    {
        _plant = await SimulatedOpcUaServer.StartAsync(
            new SimulatedOpcUaConfig { Name = "plant", Listen = "127.0.0.1:0", Security = ["none"], Machines = [new SimulatedOpcUaMachineConfig { Name = "press-1", Machine = "press", Seed = 3 }] },
            TimeProvider.System);
        _server = await EngineeringServer.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _plant.DisposeAsync();
    }

    private object Endpoint => new { name = "cell", driver = "opc-ua", settings = new { endpoints = (string[])[$"opc.tcp://127.0.0.1:{_plant.Server.Port}"], securityMode = "none" } };

    [Fact]
    public async Task Each_level_is_browsed_by_itself_from_the_objects_folder_on()
    {
        JsonElement plant = Named(await BrowseAsync(null), "Plant");
        Assert.False(plant.GetProperty("isVariable").GetBoolean());
        JsonElement machine = (await BrowseAsync(plant)).Single();
        Assert.Equal(("press-1", JsonValueKind.Null), (machine.GetProperty("name").GetString(), machine.GetProperty("type").ValueKind));
        JsonElement temperature = Named(await BrowseAsync(machine), "Temperature");
        Assert.True(temperature.GetProperty("isVariable").GetBoolean());
        Assert.Equal("float32", temperature.GetProperty("type").GetString());
        Assert.NotEmpty(temperature.GetProperty("value").GetString()!);
        Assert.Contains("browsed a server", _server.AuditText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chosen_nodes_become_rows_of_a_tag_table_that_is_read_and_put_into_a_draft()
    {
        JsonElement machine = (await BrowseAsync(Named(await BrowseAsync(null), "Plant"))).Single();
        JsonElement[] signals = await BrowseAsync(machine);
        string[][] rows = [.. ((string[])["Temperature", "Parts", "Running"]).Select(name => Named(signals, name))
            .Select(n => (string[])[n.GetProperty("name").GetString()!, n.GetProperty("address").GetString()!, n.GetProperty("type").GetString()!])];
        object sheet = new { columns = (string[])["name", "address", "type"], rows };

        (_, JsonElement tags) = await _server.PostAsync("/api/engineering/tags/check", sheet);
        Assert.Empty(tags.GetProperty("problems").EnumerateArray());
        Assert.Equal(rows.Select(r => r[1]), tags.GetProperty("tags").EnumerateArray().Select(t => t.GetProperty("address").GetString()));

        object device = new { name = "press-1" };
        (HttpStatusCode status, JsonElement read) = await _server.PostAsync("/api/engineering/read", new { endpoint = Endpoint, device, sheet });
        Assert.True(status == HttpStatusCode.OK, read.ToString());
        JsonElement[] results = [.. read.GetProperty("results").EnumerateArray()];
        Assert.Equal(["Temperature", "Parts", "Running"], results.Select(r => r.GetProperty("tag").GetString()));
        Assert.All(results, r => Assert.True(r.GetProperty("good").GetBoolean(), r.ToString()));

        (status, JsonElement added) = await _server.PostAsync("/api/engineering/devices", new { draft = new { }, endpoint = Endpoint, device, sheet, tagFile = "press-1.csv" });
        Assert.True(status == HttpStatusCode.OK && added.GetProperty("check").GetProperty("ok").GetBoolean(), added.ToString());
    }

    private static JsonElement Named(IEnumerable<JsonElement> nodes, string name) => nodes.Single(n => n.GetProperty("name").GetString() == name);

    /// <param name="parent">A node of an earlier answer; null begins where the server does.</param>
    private async Task<JsonElement[]> BrowseAsync(JsonElement? parent)
    {
        (HttpStatusCode status, JsonElement view) = await _server.PostAsync("/api/engineering/browse", new { endpoint = Endpoint, node = parent?.GetProperty("node").GetString() });
        Assert.True(status == HttpStatusCode.OK, view.ToString());
        Assert.Empty(view.GetProperty("problems").EnumerateArray());
        return [.. view.GetProperty("nodes").EnumerateArray()];
    }
}
