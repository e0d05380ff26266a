using EdgeAgent.Collector.Tests.Drivers.Http;

namespace EdgeAgent.Collector.Tests.Drivers.MtConnect;

/// <summary>An agent with one machining centre, as a test wants it.</summary>
internal sealed class MtConnectScript
{
    public string Instance { get; set; } = "1654";

    public bool IsTest { get; set; }

    public string XId { get; set; } = "x1";

    public string YId { get; set; } = "y1";

    /// <summary>What stands in the one component stream.</summary>
    public string Current { get; set; } = "";

    private string Header => $"""<Header creationTime="2025-11-13T08:30:01Z" sender="agent" instanceId="{Instance}" version="1.7" testIndicator="{(IsTest ? "true" : "false")}" nextSequence="23"/>""";

    public ScriptedHttpServer Serve() => new() { Answer = target => ScriptedHttpServer.Ok(target == "/probe" ? Probe() : Streams(), "Content-Type: text/xml\r\n") };

    private string Streams() => $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <MTConnectStreams xmlns="urn:mtconnect.org:MTConnectStreams:1.7">{Header}<Streams><DeviceStream name="VMC" uuid="0001">
        <ComponentStream component="Controller" name="controller" componentId="cn1">{Current}</ComponentStream></DeviceStream></Streams></MTConnectStreams>
        """;

    private string Probe() => $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <MTConnectDevices xmlns="urn:mtconnect.org:MTConnectDevices:1.7" xmlns:x="urn:example">{Header}<Devices><Device id="d1" name="VMC" uuid="0001">
          <DataItems><DataItem id="av" type="AVAILABILITY" category="EVENT"/></DataItems>
          <Components><Axes id="ax" name="axes"><Components>
            <Linear id="lx" name="X"><DataItems><DataItem id="{XId}" name="Xact" type="POSITION" subType="ACTUAL" category="SAMPLE" units="MILLIMETER"/></DataItems></Linear>
            <Linear id="ly" name="Y"><DataItems><DataItem id="{YId}" type="POSITION" subType="ACTUAL" category="SAMPLE"/></DataItems></Linear>
            <Linear id="lz" name="Z"><DataItems><DataItem id="z1" type="POSITION" subType="ACTUAL" category="SAMPLE"/></DataItems></Linear>
            <Rotary id="sp"><DataItems><DataItem id="s1" type="SPINDLE_SPEED" subType="ACTUAL" category="SAMPLE"/><DataItem id="c1" type="LOAD" category="CONDITION"/></DataItems></Rotary>
          </Components></Axes>
          <Controller id="cn1" name="controller"><DataItems><DataItem id="c2" type="TEMPERATURE" category="CONDITION"/><DataItem id="c3" type="SYSTEM" category="CONDITION"/></DataItems>
            <Components><Path id="pt" name="path"><DataItems><DataItem id="p1" type="PATH_POSITION" category="SAMPLE"/><DataItem id="e1" type="EXECUTION" category="EVENT"/>
            <DataItem id="n1" type="PART_COUNT" category="EVENT"/><DataItem id="g1" type="PROGRAM" category="EVENT"/><DataItem id="m1" type="MESSAGE" category="EVENT"/>
            <DataItem id="v1" type="VARIABLE" category="EVENT" representation="DATA_SET"/><x:DataItemExtra id="ex"/></DataItems></Path></Components></Controller>
          </Components></Device></Devices></MTConnectDevices>
        """;
}
