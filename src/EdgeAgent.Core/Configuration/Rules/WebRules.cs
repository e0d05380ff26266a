namespace EdgeAgent.Core.Configuration;

/// <summary>Rules for the web section.</summary>
internal static class WebRules
{
    public static void Check(WebConfig web, ConfigPath path, ConfigErrors errors)
    {
        for (int i = 0; i < web.Hosts.Count; i++)
        {
            if (Uri.CheckHostName(web.Hosts[i]) is UriHostNameType.Unknown)
            {
                errors.Add(path.Member("hosts").Index(i), $"'{web.Hosts[i]}' is no host name", "a name or an address without port, for instance edge.example.com", "");
            }
        }

        if (web.Https is not { } https)
        {
            return;
        }

        ConfigPath place = path.Member("https");
        TlsRules.CheckPair(https.CertificateFile, https.KeyFile, place, errors);
        if (https.Generated && https.CertificateFile is not null)
        {
            errors.Add(place, "a certificate is given, and one is to be made", "certificateFile and keyFile, or generated", "remove one of them");
        }
        else if (!https.Generated && https.CertificateFile is null && https.KeyFile is null)
        {
            errors.Add(place, "no certificate", "certificateFile and keyFile, or \"generated\": true", "add \"generated\": true to begin with");
        }

        if (https is { Hsts: true, Generated: true })
        {
            errors.Warn(place.Member("hsts"), "browsers remember for a year that this host has a valid certificate, and shut people out when it is the generated one", "false with a generated certificate", "use a certificate of an authority that the browsers know");
        }
    }
}
