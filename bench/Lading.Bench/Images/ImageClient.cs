using Lading.Processes;

namespace Lading.Bench.Images;

/// <summary>A program that moves images, and how to call it.</summary>
/// <param name="Name">Its name in the tables.</param>
/// <param name="Program">Its file.</param>
/// <param name="Push">Arguments for a layout's folder and a reference.</param>
/// <param name="Copy">Arguments for two references.</param>
/// <param name="Pull">Arguments for a reference and a folder.</param>
internal sealed record ImageClient(
    string Name,
    string Program,
    Func<string, string, string[]> Push,
    Func<string, string, string[]> Copy,
    Func<string, string, string[]> Pull
)
{
    public const string Repository = "bench/image";
    public const string CopyRepository = "bench/copy";

    /// <summary>Lading first, then the other clients that are installed.</summary>
    public static IReadOnlyList<ImageClient> OnThisMachine(Workplace place) =>
        [
            new(
                "Lading",
                place.Tool,
                (layout, image) => ["image", "push", $"oci:{layout}:v1", image],
                (from, to) => ["image", "copy", from, to],
                (image, folder) => ["image", "pull", image, $"oci:{folder}:v1"]
            ),
            .. Others()
                .Select(client => client with { Program = FindProgram(client.Program) ?? "" })
                .Where(client => client.Program.Length > 0),
        ];

    /// <summary>The call for an operation.</summary>
    public ProgramCall Call(ImageOperation operation, BenchImage image, string from, string to, string output)
    {
        var source = $"{from}/{Repository}:v1";
        return new ProgramCall(
            Program,
            operation == ImageOperation.CopyWithin ? Copy(source, $"{from}/{CopyRepository}:v1")
                : operation == ImageOperation.CopyAcross ? Copy(source, $"{to}/{Repository}:v1")
                : operation == ImageOperation.Pull ? Pull(source, output)
                : Push(image.Folder, source)
        );
    }

    private static IEnumerable<ImageClient> Others()
    {
        string[] skopeo =
        [
            "--insecure-policy",
            "copy",
            "--all",
            "--quiet",
            "--src-tls-verify=false",
            "--dest-tls-verify=false",
        ];
        yield return new ImageClient(
            "skopeo",
            "skopeo",
            (layout, image) => [.. skopeo, $"oci:{layout}:v1", $"docker://{image}"],
            (from, to) => [.. skopeo, $"docker://{from}", $"docker://{to}"],
            (image, folder) => [.. skopeo, $"docker://{image}", $"oci:{folder}:v1"]
        );
        yield return new ImageClient(
            "crane",
            "crane",
            (layout, image) => ["push", "--insecure", layout, image],
            (from, to) => ["copy", "--insecure", from, to],
            (image, folder) => ["pull", "--insecure", "--format=oci", image, folder]
        );
        yield return new ImageClient(
            "regctl",
            "regctl",
            (layout, image) => ["image", "copy", $"ocidir://{layout}:v1", image],
            (from, to) => ["image", "copy", from, to],
            (image, folder) => ["image", "copy", image, $"ocidir://{folder}:v1"]
        );
        yield return new ImageClient(
            "oras",
            "oras",
            (layout, image) => ["cp", "--from-oci-layout", $"{layout}:v1", "--to-plain-http", image],
            (from, to) => ["cp", "--from-plain-http", from, "--to-plain-http", to],
            (image, folder) => ["cp", "--from-plain-http", image, "--to-oci-layout", $"{folder}:v1"]
        );
    }

    public static string? FindProgram(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
}
