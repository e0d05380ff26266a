using System.Collections.Frozen;
using System.Globalization;

namespace EdgeAgent.Web.Pages;

/// <summary>The built pages beside the program, listed once at the start; their contents stay on the disk.</summary>
internal sealed class PageFiles
{
    private static readonly FrozenDictionary<string, string> ContentTypes = new Dictionary<string, string>
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".json"] = "application/json; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".png"] = "image/png",
        [".webp"] = "image/webp",
        [".woff2"] = "font/woff2",
        [".txt"] = "text/plain; charset=utf-8",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private readonly FrozenDictionary<string, PageFile> _byPath;

    private PageFiles(FrozenDictionary<string, PageFile> byPath) => _byPath = byPath;

    /// <summary>The folder of the pages in every build that has them.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "wwwroot");

    /// <summary>The page that every address of the pages begins with; null when the pages were not built in.</summary>
    public PageFile? Index => Find("/index.html");

    public static PageFiles Read(string folder)
    {
        Dictionary<string, PageFile> files = [];
        if (Directory.Exists(folder))
        {
            foreach (FileInfo file in new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories))
            {
                if (ContentTypes.TryGetValue(file.Extension, out string? contentType))
                {
                    string path = "/" + Path.GetRelativePath(folder, file.FullName).Replace('\\', '/');
                    files[path] = new PageFile(
                        file.FullName,
                        contentType,
                        string.Create(CultureInfo.InvariantCulture, $"\"{file.LastWriteTimeUtc.Ticks:x}-{file.Length:x}\""),
                        path.StartsWith("/assets/", StringComparison.Ordinal),
                        File.Exists(file.FullName + ".br"),
                        File.Exists(file.FullName + ".gz"));
                }
            }
        }

        return new PageFiles(files.ToFrozenDictionary(StringComparer.Ordinal));
    }

    public PageFile? Find(string path) => _byPath.GetValueOrDefault(path);
}
