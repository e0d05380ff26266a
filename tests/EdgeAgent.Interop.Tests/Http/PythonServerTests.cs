using System.Globalization;
using System.Text;
using System.Text.Json;
using EdgeAgent.Collector.Drivers;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Interop.Tests.Http;

/// <summary>The drivers over HTTP against the HTTP server, JSON writer and XML writer of Python, as a separate process.</summary>
public sealed class PythonServerTests
{
    private const string Program = """
        import gzip, json, http.server
        import xml.etree.ElementTree as E
        def document(root, inner):
            r = E.Element(root, {'xmlns': 'urn:mtconnect.org:' + root + ':1.5'}); E.SubElement(r, 'Header', {'instanceId': '7'}); inner(r)
            return E.tostring(r, encoding='utf-8', xml_declaration=True)
        def probe(r):
            d = E.SubElement(E.SubElement(r, 'Devices'), 'Device', {'id': 'd', 'name': 'VMC', 'uuid': 'u'})
            E.SubElement(E.SubElement(d, 'DataItems'), 'DataItem', {'id': 'p', 'type': 'PROGRAM', 'category': 'EVENT'})
        def current(r):
            e = E.SubElement(E.SubElement(E.SubElement(r, 'Streams'), 'DeviceStream', {'name': 'VMC'}), 'Events')
            E.SubElement(e, 'Program', {'dataItemId': 'p', 'sequence': '1', 'timestamp': '2025-11-13T08:30:00Z'}).text = 'O<1>&\u94e3'
        answers = {'/values': json.dumps({'big': 2**64 - 1, 'small': -2**63, 'third': 1 / 3, 'text': '\u6ce8\u5851\U0001F600', 'list': [{'id': 'T1', 'ok': True}]}, indent=2).encode(),
                   '/probe': document('MTConnectDevices', probe), '/VMC/current': document('MTConnectStreams', current)}
        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = 'HTTP/1.1'
            def do_GET(self):
                known = self.path in answers
                body = gzip.compress(answers[self.path]) if known else b''
                self.send_response(200 if known else 404)
                if known: self.send_header('Content-Encoding', 'gzip')
                self.send_header('Content-Length', str(len(body))); self.end_headers(); self.wfile.write(body)
            def log_message(self, *a): pass
        server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        print('port', server.server_port, flush=True)
        server.serve_forever()
        """;

    [PartnerFact("python")]
    public async Task Values_of_a_server_of_others_read_exactly()
    {
        await using PartnerProcess server = PartnerProcess.Start(Partners.Python, ["-c", Program]);
        int port = int.Parse((await server.WaitForLineAsync("port ")).Trim()[5..], CultureInfo.InvariantCulture);
        Assert.Equal(
            ["18446744073709551615", "-9223372036854775808", (1.0 / 3).ToString("R", CultureInfo.InvariantCulture), "注塑😀", "1", "BadOutOfService"],
            await ReadAsync("http-json", port, """{ "requests": [ { "name": "v", "path": "values" }, { "name": "n", "path": "nothing" } ] }""",
                ("v:big", TagType.UInt64), ("v:small", TagType.Int64), ("v:third", TagType.Float64), ("v:text", TagType.String), ("v:list[id=T1].ok", TagType.UInt8), ("n:x", TagType.Int8)));
        Assert.Equal(["O<1>&铣"], await ReadAsync("mtconnect", port, """{ "device": "VMC" }""", ("type:PROGRAM", TagType.String)));
    }

    private static async Task<string[]> ReadAsync(string driver, int port, string device, params (string Address, TagType Type)[] tags)
    {
        var errors = new ConfigErrors();
        Assert.True(DriverRegistry.CreateDefault().TryGet(driver, out IDriverFactory? factory));
        IEndpointPlan? plan = factory.Compile(
            new EndpointConfig
            {
                Name = "e",
                Driver = driver,
                Settings = JsonDocument.Parse($$"""{ "url": "http://127.0.0.1:{{port}}" }""").RootElement,
                Devices = [new DeviceConfig { Name = "d", Settings = JsonDocument.Parse(device).RootElement, Tags = [.. tags.Select((t, i) => new TagConfig { Name = $"t{i}", Address = t.Address, Type = t.Type })] }],
            },
            ConfigPath.Root, errors);
        Assert.Empty(errors);
        await using IPolledEndpoint endpoint = ((IPolledEndpointPlan)plan!).Open(
            new EndpointServices([new ScanGroup(0, 0, 1000, [.. Enumerable.Range(0, tags.Length)])], TimeProvider.System, NullLoggerFactory.Instance), null);
        await endpoint.ConnectAsync(default);
        var batch = new ReadingBatch();
        await endpoint.ScanAsync(new ScanRequest(0, 0), batch, default);
        return [.. batch.Readings.ToArray().OrderBy(r => r.TagId).Select(r => r.Kind switch
        {
            ValueKind.Text => Encoding.UTF8.GetString(batch.BytesOf(r)),
            ValueKind.Int64 => r.AsInt64.ToString(CultureInfo.InvariantCulture),
            ValueKind.UInt64 => r.AsUInt64.ToString(CultureInfo.InvariantCulture),
            ValueKind.None => r.Quality.ToString(),
            _ => r.ToDouble().ToString("R", CultureInfo.InvariantCulture),
        })];
    }
}
