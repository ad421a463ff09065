using System.Globalization;
using System.Text;
using Lading.Processes;

namespace Lading.Bench.Fingerprints;

/// <summary>
/// A git repository of 50 images with 2,000 files each, the same bytes on every machine. It is packed like a clone and
/// checked out; generated once and kept.
/// </summary>
internal sealed record GeneratedRepository(string Folder)
{
    public const int Images = 50;
    public const int FilesAnImage = 2000;
    private const int FilesAFolder = 20;
    private const string Mark = "lading-bench-1";

    /// <summary>The folder of an image, relative to the top.</summary>
    public static string Context(int image) =>
        string.Create(CultureInfo.InvariantCulture, $"services/service{image:00}");

    /// <summary>A file of the first image, relative to the top.</summary>
    public static string SomeFile => $"{Context(0)}/src/area00/File002.cs";

    /// <summary>Finds it, or generates it.</summary>
    public static async Task<GeneratedRepository> GetAsync(string cache, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(cache, "repository");
        var mark = Path.Combine(folder, ".git", Mark);
        if (!File.Exists(mark))
        {
            await Console.Error.WriteLineAsync("generating 100,000 files");
            await GenerateAsync(folder, cancellationToken);
            await File.WriteAllTextAsync(mark, "", cancellationToken);
        }

        return new GeneratedRepository(folder);
    }

    private static async Task GenerateAsync(string folder, CancellationToken cancellationToken)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(folder);
        await Git(folder, [], ["init", "--quiet", "--initial-branch=main"], cancellationToken);
        await Git(folder, Stream(), ["fast-import", "--quiet"], cancellationToken);
        await Git(folder, [], ["repack", "-adq"], cancellationToken);
        await Git(folder, [], ["reset", "--quiet", "--hard", "main"], cancellationToken);
    }

    private static byte[] Stream()
    {
        var random = new Random(20_26);
        using var stream = new MemoryStream();
        Write(stream, "commit refs/heads/main\ncommitter Bench <bench@localhost> 1767225600 +0000\n");
        Data(stream, "Generate services");
        Add(stream, ".gitignore", ".lading/\ncdk.out/\n");
        Add(stream, "lading.json", Configuration());
        for (var image = 0; image < Images; image++)
        {
            var context = Context(image);
            Add(stream, $"{context}/Dockerfile", "FROM scratch\nCOPY . /app\nCMD [\"/app/run\"]\n");
            Add(stream, $"{context}/.dockerignore", "bin\nobj\n**/*.log\n");
            for (var file = 2; file < FilesAnImage; file++)
            {
                var area = (file / FilesAFolder).ToString("00", CultureInfo.InvariantCulture);
                var name = file.ToString("000", CultureInfo.InvariantCulture);
                Add(stream, $"{context}/src/area{area}/File{name}.cs", Source(random, image, file));
            }
        }

        return stream.ToArray();
    }

    /// <summary>200 bytes to 4 KB of words, like source code.</summary>
    private static string Source(Random random, int image, int file)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"// service {image}, file {file}\n");
        for (var lines = random.Next(5, 100); lines > 0; lines--)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"var value{random.Next(100):00} = Compute({random.Next():x8}, 1);\n"
            );
        }

        return text.ToString();
    }

    private static string Configuration()
    {
        var images = Enumerable
            .Range(0, Images)
            .Select(image =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"    \"service{image:00}\": {{ \"context\": \"{Context(image)}\" }}"
                )
            );
        return $"{{\n  \"project\": \"bench\",\n  \"images\": {{\n{string.Join(",\n", images)}\n  }}\n}}\n";
    }

    private static void Add(MemoryStream stream, string path, string content)
    {
        Write(stream, $"M 100644 inline {path}\n");
        Data(stream, content);
    }

    private static void Data(MemoryStream stream, string content) =>
        Write(stream, string.Create(CultureInfo.InvariantCulture, $"data {content.Length}\n{content}\n"));

    private static void Write(MemoryStream stream, string text) => stream.Write(Encoding.ASCII.GetBytes(text));

    private static async Task Git(
        string folder,
        byte[] input,
        IReadOnlyList<string> arguments,
        CancellationToken cancellationToken
    )
    {
        var call = new ProgramCall("git", arguments) { WorkingDirectory = folder };
        var result = await ProgramRunner.RunAsync(call, input, cancellationToken);
        if (result.ExitCode != 0)
        {
            throw new InvalidOperationException($"{call}: {result.Error}");
        }
    }
}
