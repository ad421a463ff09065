using System.Security.Cryptography;
using System.Text;

namespace Lading.Cli.Output.Page;

/// <summary>Style sheets and scripts of pages, embedded in this program.</summary>
internal static class PageResource
{
    /// <summary>The hash by which a policy allows an inline element (Content Security Policy Level 3, "hash-source").</summary>
    public static string HashOf(string code) =>
        $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(code)))}";

    public static string Read(string name)
    {
        using var stream = typeof(PageResource).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        // A checkout on Windows may have CR LF, which browsers normalize to LF before they compute the hash.
        return reader.ReadToEnd().Replace("\r\n", "\n", StringComparison.Ordinal);
    }
}
