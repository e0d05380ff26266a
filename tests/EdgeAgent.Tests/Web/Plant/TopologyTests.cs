using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;
using EdgeAgent.Web.Plant.Topology;

namespace EdgeAgent.Tests.Web.Plant;

public sealed class TopologyTests
{
    [Fact]
    public void An_agent_elsewhere_is_drawn_by_what_it_tells_and_its_devices_stand_at_their_endpoints()
    {
        using BoardPlant plant = new(devices: 2);
        plant.Commit(0, 0, 1);
        plant.State.Watch.Told(BoardPlant.Agent, new AgentStatus(true, "1.2", Guid.Empty, UnixTicks.Now(plant.Time))
        {
            Health = plant.Health() with
            {
                Endpoints = [new HealthEndpoint("line-1", "modbus-rtu", false, "/dev/ttyS1 (9600 8N1)", 0.4, "cannot open")],
                Devices = [new HealthDevice("d0", "line-1", false, true, "live", 1000)],
            },
        });
        AgentNodeView agent = Assert.Single(TopologyWriter.Write(plant.State).Agents);

        Assert.Equal(("gw-01", "online", "1.2"), (agent.Name, agent.Standing, agent.Version));
        Assert.Equal(("line-1", "serial", "/dev/ttyS1 (9600 8N1)", false, "cannot open"),
            (agent.Endpoints[0].Name, agent.Endpoints[0].Link, agent.Endpoints[0].Address, agent.Endpoints[0].Connected, agent.Endpoints[0].Problem));
        Assert.Equal("d0", Assert.Single(agent.Endpoints[0].Devices).Name);
        // Of the other device it has not told: it stands at the address that it shares with nobody.
        Assert.Equal(("modbus-tcp://10.0.0.1:502", null), (agent.Endpoints[1].Name, agent.Endpoints[1].Connected));
    }

    [Theory]
    [InlineData("modbus-tcp://10.0.0.5:502/1", "modbus-tcp://10.0.0.5:502")]
    [InlineData("opc.tcp://10.0.0.5:4840", "opc.tcp://10.0.0.5:4840")]
    [InlineData("", "")]
    public void Devices_behind_one_connection_share_all_but_the_last_part_of_their_address(string address, string place) => Assert.Equal(place, TopologyWriter.PlaceOf(address));
}
