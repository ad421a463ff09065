using System.Globalization;
using System.Text;
using Lading.Processes;

namespace Lading.Bench.Publishing;

/// <summary>
/// A git repository with some small images, and an environment in the account of the stand-in for AWS.
/// </summary>
internal sealed record BenchProject(string Folder, string Commit)
{
    public static async Task<BenchProject> MakeAsync(string folder, int images, CancellationToken cancellationToken)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        for (var image = 0; image < images; image++)
        {
            var context = Path.Combine(folder, "services", Name(image));
            Directory.CreateDirectory(Path.Combine(context, "src"));
            await File.WriteAllTextAsync(
                Path.Combine(context, "Dockerfile"),
                "FROM scratch\nCOPY src /app\n",
                cancellationToken
            );
            for (var file = 0; file < 10; file++)
            {
                var path = Path.Combine(context, "src", string.Create(CultureInfo.InvariantCulture, $"file{file}"));
                await File.WriteAllTextAsync(path, $"{Name(image)} {file}\n", cancellationToken);
            }
        }

        await File.WriteAllTextAsync(Path.Combine(folder, ".gitignore"), ".lading/\n", cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "lading.json"), Configuration(images), cancellationToken);
        await GitAsync("init", "--quiet", "--initial-branch=main");
        await GitAsync("add", "--all");
        await GitAsync("-c", "user.name=Bench", "-c", "user.email=bench@localhost", "commit", "--quiet", "-m", "Begin");
        return new BenchProject(folder, (await GitAsync("rev-parse", "HEAD")).Trim());

        async Task<string> GitAsync(params IReadOnlyList<string> arguments)
        {
            var call = new ProgramCall("git", arguments) { WorkingDirectory = folder };
            var result = await ProgramRunner.RunAsync(call, ReadOnlyMemory<byte>.Empty, cancellationToken);
            return result.ExitCode == 0 ? result.Text : throw new InvalidOperationException($"{call}: {result.Error}");
        }
    }

    private static string Name(int image) => string.Create(CultureInfo.InvariantCulture, $"service{image:00}");

    private static string Configuration(int images)
    {
        var text = new StringBuilder();
        text.Append("{\n  \"project\": \"bench\",\n  \"images\": {\n");
        text.AppendJoin(
            ",\n",
            Enumerable
                .Range(0, images)
                .Select(image => $"    \"{Name(image)}\": {{ \"context\": \"services/{Name(image)}\" }}")
        );
        text.Append(
            CultureInfo.InvariantCulture,
            $"\n  }},\n  \"environments\": {{\n    \"dev\": {{ \"account\": \"{Moto.Account}\", \"region\": \"{Moto.Region}\" }}\n  }}\n}}\n"
        );
        return text.ToString();
    }
}
