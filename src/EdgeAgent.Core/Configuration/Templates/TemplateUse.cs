namespace EdgeAgent.Core.Configuration;

/// <summary>What one device has from its template, and what is its own.</summary>
/// <param name="Endpoint">The device's endpoint.</param>
/// <param name="Device">The device.</param>
/// <param name="Template">The template's name.</param>
/// <param name="File">Where the template is: its path, or that it is built in.</param>
/// <param name="Tags">How many tags are the template's, overridden ones included.</param>
/// <param name="Overridden">Tags of the template of which the device says some members anew.</param>
/// <param name="Removed">Tags of the template that the device leaves out.</param>
/// <param name="Added">Tags that the template does not have.</param>
/// <param name="Settings">Members of the device's settings that are the template's.</param>
public sealed record TemplateUse(
    string Endpoint,
    string Device,
    string Template,
    string File,
    int Tags,
    IReadOnlyList<string> Overridden,
    IReadOnlyList<string> Removed,
    IReadOnlyList<string> Added,
    IReadOnlyList<string> Settings);
