using System.Net.Http.Headers;
using System.Text;
using EdgeAgent.Collector.Asking;
using EdgeAgent.Collector.Receiving;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Json;

namespace EdgeAgent.Collector.Drivers.Http;

/// <summary>Checks one endpoint's configuration whole, and compiles it when nothing is wrong.</summary>
internal sealed class HttpCompiler(ConfigErrors errors)
{
    /// <summary>Some servers answer 406 to anything that is not JSON first.</summary>
    private const string Accept = "application/json, */*;q=0.5";

    public HttpEndpointPlan? Compile(EndpointConfig endpoint, ConfigPath path)
    {
        int before = errors.Total;
        ConfigPath at = path.Member("settings");
        SettingsReader.TryRead(endpoint.Settings, HttpSettingsJson.Default.HttpEndpointSettings, at, errors, out HttpEndpointSettings? settings);
        HttpServer? server = settings is null ? null : HttpServer.Check(settings, at, errors);
        var requests = new List<HttpRequest[]>();
        var tags = new List<HttpTag>();
        var devices = new List<DevicePlan>();
        for (int i = 0; i < endpoint.Devices.Count; i++)
        {
            DeviceConfig device = endpoint.Devices[i];
            ConfigPath deviceAt = path.Member("devices").Index(i);
            if (!SettingsReader.TryRead(device.Settings, HttpSettingsJson.Default.HttpDeviceSettings, deviceAt.Member("settings"), errors, out HttpDeviceSettings? own))
            {
                continue;
            }

            if (own.Requests.Count == 0)
            {
                errors.Add(deviceAt.Member("settings").Member("requests"), $"device '{device.Name}' has no request", "at least one, such as { \"path\": \"status\" }", "");
            }

            CheckNames(own.Requests, deviceAt.Member("settings").Member("requests"));
            requests.Add([.. own.Requests.Select((request, j) => RequestOf(request, server, deviceAt.Member("settings").Member("requests").Index(j))).OfType<HttpRequest>()]);
            var kinds = new List<ValueKind>();
            for (int j = 0; j < device.Tags.Count; j++)
            {
                if (TagOf(device.Tags[j], tags.Count, own.Requests, device.Tags[j].Source ?? deviceAt.Member("tags").Index(j)) is { } tag)
                {
                    tags.Add(tag);
                    kinds.Add(tag.Kind);
                }
            }

            devices.Add(new DevicePlan(server?.Base + (own.Part is { Length: > 0 } part ? "#" + part : ""), kinds));
        }

        return errors.Total > before ? null : new HttpEndpointPlan(server!, requests, [.. tags], devices);
    }

    private void CheckNames(IReadOnlyList<HttpRequestSettings> requests, ConfigPath path)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < requests.Count; i++)
        {
            string name = requests[i].Name;
            if ((name.Length == 0 && requests.Count > 1) || name.Contains(':', StringComparison.Ordinal) || !names.Add(name))
            {
                errors.Add(path.Index(i).Member("name"), name.Length == 0 ? "missing" : $"'{name}' has a colon or is there twice",
                    "a name of its own for each of several requests, without ':'", "\"name\": \"status\"");
            }
        }
    }

    private HttpRequest? RequestOf(HttpRequestSettings request, HttpServer? server, ConfigPath path)
    {
        int before = errors.Total;
        if (!TextEncodings.TryGet(request.Encoding, out Encoding? encoding))
        {
            errors.Add(path.Member("encoding"), $"'{request.Encoding}' is no encoding known here", "utf-8, gb18030 or latin1", "\"gb18030\" for a Chinese server of old");
        }

        if (request.Method == HttpVerb.Get && request.Body is not null)
        {
            errors.Add(path.Member("body"), "a get sends no body", "nothing here", "\"method\": \"post\"");
        }

        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out _))
        {
            errors.Add(path.Member("contentType"), $"'{request.ContentType}' is no type of a body", "application/json", "");
        }

        JsonPath? time = null;
        if (request.Time is { } text && !JsonPath.TryParse(text, out time, out string problem))
        {
            errors.Add(path.Member("time"), $"'{text}': {problem}", "a path such as $.time", "see Protocols/Json/README.md");
        }

        if (request.AgeMaxMs is not null && request.Time is null)
        {
            errors.Add(path.Member("ageMaxMs"), "without a time in the answer its age is not known", "the path to the time", "\"time\": \"$.time\"");
        }

        Uri? uri = server?.UriOf(request.Path);
        if (server is not null && uri is null)
        {
            errors.Add(path.Member("path"), "together with the endpoint's url this is no address at that server", "a path below it, such as api/v1/status", "");
        }

        return errors.Total > before || uri is null ? null : new HttpRequest(
            request, new HttpQuestion(uri, request.Method == HttpVerb.Post ? Encoding.UTF8.GetBytes(request.Body ?? "") : null, request.ContentType, Accept), time, encoding);
    }

    private HttpTag? TagOf(TagConfig tag, int id, IReadOnlyList<HttpRequestSettings> requests, ConfigPath path)
    {
        int before = errors.Total;
        ValueKind? kind = TagKinds.Check(tag, path, errors);
        int request = 0;
        string address = tag.Address;
        int colon = address.IndexOf(':', StringComparison.Ordinal);
        int named = colon < 0 ? -1 : requests.ToList().FindIndex(r => r.Name.Length > 0 && r.Name == address[..colon]);
        if (named >= 0)
        {
            (request, address) = (named, address[(colon + 1)..]);
        }
        else if (requests.Count > 1)
        {
            errors.Add(path.Member("address"), $"tag '{tag.Name}': '{tag.Address}' names none of the device's requests",
                "NAME:PATH with a NAME of " + string.Join(", ", requests.Select(r => r.Name)), "\"status:$.temperature\"");
            return null;
        }

        if (!JsonPath.TryParse(address, out JsonPath? found, out string problem))
        {
            errors.Add(path.Member("address"), $"tag '{tag.Name}': '{address}': {problem}", "a path such as $.temperature", "see Protocols/Json/README.md");
        }

        return errors.Total > before ? null : new HttpTag(id, tag.Name, kind!.Value, request, found!);
    }
}
