using EdgeAgent.Commands;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Tests.Migration;

public sealed class TelegrafTests
{
    [Fact]
    public async Task Both_styles_are_read()
    {
        const string File = """
            # a plant
            [agent]
              interval = "5s"
            [[outputs.influxdb]]
              urls = ["http://127.0.0.1:8086"]
            [[inputs.cpu]]
            [[inputs.modbus]]
              name = "meter"
              slave_id = 3
              timeout = "1s500ms"
              controller = "file:///dev/ttyUSB0"
              baud_rate = 19_200
              parity = "E"
              transmission_mode = "RTU"
              coils = [ { name = "run", address = [2] }, ]
              holding_registers = [
                { name = "power factor", byte_order = "AB", data_type = "FIXED", scale=0.01, address = [8]}, # per cent
                { name = "energy", byte_order = "CDAB", data_type = "UFIXED", scale=0.001, address = [5,6]},
                { name = "torn", byte_order = "ABCD", data_type = "INT32", address = [5,9]},
              ]
              input_registers = [ { name = "level", measurement = "tank", byte_order = "DCBA", data_type = "FLOAT32-IEEE", scale = 1.0, address = [0, 1] } ]
            [[inputs.modbus]]
              name = 'gateway'
              interval = "500ms"
              controller = "tcp://192.168.1.40:1502"
              transmission_mode = "RTUoverTCP"
              configuration_type = "request"
              [[inputs.modbus.request]]
                slave_id = 1
                register = "coil"
                fields = [ { address=0, name="motor1_run"}, { address=2, name="x", omit=true } ]
                [inputs.modbus.request.tags]
                  machine = "impresser"
              [[inputs.modbus.request]]
                slave_id = 2
                byte_order = "DCBA"
                register = "input"
                fields = [ { address=1, name="current", type="INT32", scale=0.001 }, { address=9, name="odd", type="FLOAT16" } ]
            """;
        MigrationRun run = (await MigrationRun.OfAsync("telegraf.conf", File)).InOrder();

        EndpointConfig meter = run.Endpoints.Single(endpoint => endpoint.Name == "meter");
        Assert.Equal("modbus-rtu", meter.Driver);
        Assert.Equal(1500, meter.Settings.GetProperty("responseTimeoutMs").GetInt32());
        Assert.Equal("/dev/ttyUSB0", meter.Settings.GetProperty("serial").GetProperty("port").GetString());
        Assert.Equal(19_200, meter.Settings.GetProperty("serial").GetProperty("baudRate").GetInt32());
        Assert.Equal("even", meter.Settings.GetProperty("serial").GetProperty("parity").GetString());
        Assert.Equal(3, run.Device("meter").Settings.GetProperty("unitId").GetInt32());
        Assert.Equivalent(new { Address = "co:2", Type = TagType.Bool, Scan = "every-5s" }, run.Tag("meter", "run"));
        Assert.Equivalent(new { Address = "hr:8", Type = TagType.Int16, Scale = 0.01 }, run.Tag("meter", "power factor"));
        Assert.Equivalent(new { Address = "hr:5", Type = TagType.UInt32, Order = "CDAB", Scale = 0.001 }, run.Tag("meter", "energy"));
        Assert.Equivalent(new { Address = "ir:0", Type = TagType.Float32, Order = "DCBA" }, run.Tag("meter", "tank.level"));
        Assert.Null(run.Tag("meter", "tank.level").Scale);

        Assert.Equal("modbus-rtu-over-tcp", run.Endpoints.Single(endpoint => endpoint.Name == "gateway").Driver);
        Assert.Equal("co:0", run.Tag("gateway-1", "motor1_run").Address);
        Assert.Equivalent(new { Address = "ir:1", Type = TagType.Int32, Order = "DCBA", Scan = "every-500ms" }, run.Tag("gateway-2", "current"));
        Assert.DoesNotContain(run.Device("gateway-1").Tags, tag => tag.Name == "x");
        foreach (string part in (ReadOnlySpan<string>)["torn", "odd", "inputs.cpu", "outputs"])
        {
            Assert.Contains(run.LeftOver, line => line.Contains(part, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_mistake_is_told_with_its_line()
    {
        MigrationRun run = await MigrationRun.OfAsync("telegraf.conf", "[[inputs.modbus]]\nname = \"a\"\nslave_id = = 3\n");
        Assert.Equal(ExitCodes.BadUsage, run.Run.ExitCode);
        Assert.Contains("line 3", run.Run.Error, StringComparison.Ordinal);
    }
}
