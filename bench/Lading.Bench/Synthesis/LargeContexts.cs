using System.Globalization;
using System.Text;
using System.Text.Json;
using Lading.Locks;
using Lading.Oci;
using Lading.Processes;

namespace Lading.Bench.Synthesis;

/// <summary>
/// A git repository of images with large contexts, all of them in a lock that matches HEAD; kept from run to run.
/// </summary>
internal sealed record LargeContexts(string Folder)
{
    private const int FileBytes = 1_000_000;

    /// <param name="place">Where to keep it, and the tool that computes the fingerprints.</param>
    /// <param name="images">The number of images.</param>
    /// <param name="files">The number of files in each, of 1 MB.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<LargeContexts> RequireAsync(
        Workplace place,
        int images,
        int files,
        CancellationToken cancellationToken
    )
    {
        var folder = Path.Combine(place.Cache, Text($"contexts-{images}-{files}"));
        var done = Path.Combine(folder, ".lading", "local.lock.json");
        if (File.Exists(done))
        {
            return new LargeContexts(folder);
        }

        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        var names = Enumerable.Range(0, images).Select(image => Text($"service{image:00}")).ToList();
        foreach (var name in names)
        {
            var context = Path.Combine(folder, "services", name);
            Directory.CreateDirectory(context);
            await File.WriteAllTextAsync(
                Path.Combine(context, "Dockerfile"),
                "FROM scratch\nCOPY . /app\n",
                cancellationToken
            );
            for (var file = 0; file < files; file++)
            {
                // Lines that git packs well: only the bytes that are read count here.
                var line = Text($"{name} {file}: a line of some file of some service\n");
                var content = new StringBuilder(FileBytes + line.Length);
                while (content.Length < FileBytes)
                {
                    content.Append(line);
                }

                await File.WriteAllTextAsync(
                    Path.Combine(context, Text($"file{file}")),
                    content.ToString(),
                    cancellationToken
                );
            }
        }

        var entries = names.Select(name => $"\"{name}\": {{ \"context\": \"services/{name}\" }}");
        await File.WriteAllTextAsync(
            Path.Combine(folder, "lading.json"),
            $$"""{ "project": "bench", "images": { {{string.Join(", ", entries)}} } }""",
            cancellationToken
        );
        await File.WriteAllTextAsync(Path.Combine(folder, ".gitignore"), ".lading/\ncdk.out/\n", cancellationToken);
        await RunAsync("git", "init", "--quiet", "--initial-branch=main");
        await RunAsync("git", "add", "--all");
        await RunAsync("git", "-c", "user.name=Bench", "-c", "user.email=bench@localhost", "commit", "-qm", "Begin");
        using var plan = JsonDocument.Parse(await RunAsync(place.Tool, "plan", "--offline", "--output", "json"));
        var locked = plan
            .RootElement.GetProperty("images")
            .EnumerateArray()
            .ToDictionary(
                image => image.GetProperty("name").GetString()!,
                image => new LockedImage(
                    image.GetProperty("repository").GetString()!,
                    Digest.Parse("sha256:" + new string('0', 64)),
                    image.GetProperty("fingerprint").GetString()!,
                    new string('1', 40),
                    [Platform.LinuxAmd64]
                )
            );
        LockFile.Write(done, new ImageLock("local", locked));
        return new LargeContexts(folder);

        async Task<string> RunAsync(string program, params IReadOnlyList<string> arguments)
        {
            var call = new ProgramCall(program, arguments) { WorkingDirectory = folder };
            var result = await ProgramRunner.RunAsync(call, ReadOnlyMemory<byte>.Empty, cancellationToken);
            return result.ExitCode == 0 ? result.Text : throw new InvalidOperationException($"{call}: {result.Error}");
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
