using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Tests.Migration;

public sealed class KepwareTests
{
    [Fact]
    public async Task Modbus_and_opc_ua_channels_are_read()
    {
        const string Project = """
            { "project": { "channels": [
              { "common.ALLTYPES_NAME": "Wells", "servermain.MULTIPLE_TYPES_DEVICE_DRIVER": "Modbus TCP/IP Ethernet", "devices": [
                { "common.ALLTYPES_NAME": "Pump1", "servermain.DEVICE_ID_STRING": "<10.1.2.3>.2", "servermain.DEVICE_DATA_COLLECTION": true, "servermain.DEVICE_SCAN_MODE": 2, "servermain.DEVICE_SCAN_MODE_RATE_MS": 1000,
                  "modbus_ethernet.DEVICE_ETHERNET_PORT_NUMBER": 502, "modbus_ethernet.DEVICE_ZERO_BASED_ADDRESSING": true, "modbus_ethernet.DEVICE_FIRST_WORD_LOW": true, "modbus_ethernet.DEVICE_FIRST_DWORD_LOW": false,
                  "tags": [
                    { "common.ALLTYPES_NAME": "Flow", "servermain.TAG_ADDRESS": "400504", "servermain.TAG_DATA_TYPE": 8, "servermain.TAG_SCAN_RATE_MILLISECONDS": 100, "servermain.TAG_SCALING_TYPE": 1, "servermain.TAG_SCALING_RAW_LOW": 0, "servermain.TAG_SCALING_RAW_HIGH": 1000, "servermain.TAG_SCALING_SCALED_LOW": 20, "servermain.TAG_SCALING_SCALED_HIGH": 120, "servermain.TAG_SCALING_UNITS": "m3/h" },
                    { "common.ALLTYPES_NAME": "Energy", "servermain.TAG_ADDRESS": "400020", "servermain.TAG_DATA_TYPE": 9 },
                    { "common.ALLTYPES_NAME": "Fault", "servermain.TAG_ADDRESS": "40010.3", "servermain.TAG_DATA_TYPE": 1 },
                    { "common.ALLTYPES_NAME": "List", "servermain.TAG_ADDRESS": "400100 [10]", "servermain.TAG_DATA_TYPE": 25 } ],
                  "tag_groups": [ { "common.ALLTYPES_NAME": "Motor", "tags": [ { "common.ALLTYPES_NAME": "Running", "servermain.TAG_ADDRESS": "000002", "servermain.TAG_DATA_TYPE": 1 } ] } ] },
                { "common.ALLTYPES_NAME": "Pump2", "servermain.DEVICE_ID_STRING": "<10.1.2.3>.3", "modbus_ethernet.DEVICE_ZERO_BASED_ADDRESSING": false, "modbus_ethernet.DEVICE_FIRST_WORD_LOW": false, "modbus_ethernet.DEVICE_MODBUS_BYTE_ORDER": false,
                  "tags": [ { "common.ALLTYPES_NAME": "Level", "servermain.TAG_ADDRESS": "30010", "servermain.TAG_DATA_TYPE": 6, "servermain.TAG_SCAN_RATE_MILLISECONDS": 500 } ] },
                { "common.ALLTYPES_NAME": "Pump3", "servermain.DEVICE_ID_STRING": "<10.1.2.4>.1", "servermain.DEVICE_DATA_COLLECTION": false, "tags": [] } ] },
              { "common.ALLTYPES_NAME": "Press", "servermain.MULTIPLE_TYPES_DEVICE_DRIVER": "OPC UA Client", "opcuaclient.CHANNEL_UA_SERVER_ENDPOINT_URL": "opc.tcp://10.1.2.9:4840", "opcuaclient.CHANNEL_UA_SERVER_SECURITY_POLICY": 0,
                "devices": [ { "common.ALLTYPES_NAME": "Main", "tags": [ { "common.ALLTYPES_NAME": "Speed", "servermain.TAG_ADDRESS": "ns=2;s=Press.Speed", "servermain.TAG_DATA_TYPE": 8, "servermain.TAG_SCAN_RATE_MILLISECONDS": 1000 } ] } ] },
              { "common.ALLTYPES_NAME": "Oven", "servermain.MULTIPLE_TYPES_DEVICE_DRIVER": "OPC UA Client", "opcuaclient.CHANNEL_UA_SERVER_ENDPOINT_URL": "opc.tcp://10.1.2.10:4840",
                "devices": [ { "common.ALLTYPES_NAME": "Main", "tags": [ { "common.ALLTYPES_NAME": "Heat", "servermain.TAG_ADDRESS": "ns=2;s=Heat" } ] } ] },
              { "common.ALLTYPES_NAME": "Old", "servermain.MULTIPLE_TYPES_DEVICE_DRIVER": "Omron FINS Ethernet" }
            ] } }
            """;
        MigrationRun run = (await MigrationRun.OfAsync("project.json", Project)).InOrder();

        Assert.Equal(3, run.Endpoints.Count);
        EndpointConfig wells = run.Endpoints.Single(endpoint => endpoint.Driver == "modbus-tcp");
        Assert.Equal(["Pump1", "Pump2"], wells.Devices.Select(device => device.Name));
        Assert.Equivalent(new { Address = "hr:503", Type = TagType.Float32, Order = "CDAB", Scale = 0.1, Offset = 20.0, Unit = "m3/h" }, run.Tag("Pump1", "Flow"));
        Assert.Null(run.Tag("Pump1", "Flow").Scan);
        Assert.Equal("CDABGHEF", run.Tag("Pump1", "Energy").Order);
        Assert.Equivalent(new { Address = "hr:9", Bit = 3 }, run.Tag("Pump1", "Fault"));
        Assert.Equal("co:1", run.Tag("Pump1", "Motor.Running").Address);
        Assert.Equivalent(new { Address = "ir:10", Order = "BADC", Scan = "every-500ms" }, run.Tag("Pump2", "Level"));
        Assert.Equal("none", run.Endpoints.Single(endpoint => endpoint.Name == "Press").Settings.GetProperty("securityMode").GetString());
        Assert.Equal("ns=2;s=Press.Speed", run.Tag("Main", "Speed").Address);
        // Device names are unique in an agent; in the other program only in their channel.
        Assert.Equal("ns=2;s=Heat", run.Tag("Main-2", "Heat").Address);
        foreach (string part in (ReadOnlySpan<string>)["Wells.Pump1.List", "Wells.Pump3", "Old"])
        {
            Assert.Contains(run.LeftOver, line => line.Contains(part, StringComparison.Ordinal));
        }
    }
}
