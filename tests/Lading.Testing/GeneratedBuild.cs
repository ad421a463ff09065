using System.Text;

namespace Lading.Testing;

/// <summary>
/// A context with links, wildcards and ignored files, and a Dockerfile that reads some of it; the same for the same
/// seed.
/// </summary>
/// <param name="seed">Determines the build.</param>
/// <param name="image">The base of stages with commands; null for no such stages.</param>
/// <param name="hasVariables">Whether paths may contain variables, and stages may build on others.</param>
internal sealed class GeneratedBuild(int seed, string? image, bool hasVariables = false)
{
    private static readonly string[] FolderNames = ["d", "e", "d/f", "d/f/g", "e/h"];
    private static readonly string[] FileNames = ["a.txt", "b.txt", "ab", "c.md", "x y"];
    private static readonly string[] Ignored =
    [
        "*.md",
        "d/f",
        "**/ab",
        "e/*\n!e/b.txt",
        "a.txt",
        "!d/c.md",
        "l1",
        "**/*.txt\n!d",
    ];
    private readonly Random random = new(seed);
    private readonly List<string> paths = [];

    /// <summary>Links and their targets.</summary>
    public Dictionary<string, string> Links { get; } = [];

    public string Dockerfile { get; private set; } = "";

    /// <summary>Writes the context's files into a folder.</summary>
    public GeneratedBuild Write(string folder)
    {
        foreach (var parent in FolderNames.Prepend("").Where(_ => random.Next(4) > 0))
        {
            foreach (var name in FileNames.Where(_ => random.Next(3) > 0))
            {
                WriteFile(folder, parent.Length == 0 ? name : $"{parent}/{name}");
            }
        }

        WriteFile(folder, "d/a.txt");
        for (var count = random.Next(5); count > 0; count--)
        {
            WriteLink(folder, count);
        }

        if (random.Next(2) == 0)
        {
            var lines = Ignored.Where(_ => random.Next(4) == 0);
            File.WriteAllText(Path.Combine(folder, ".dockerignore"), string.Join('\n', lines) + "\n");
        }

        Dockerfile = Generate();
        return this;
    }

    private void WriteFile(string folder, string path)
    {
        var full = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, path + "\n");
        if (!OperatingSystem.IsWindows() && random.Next(4) == 0)
        {
            File.SetUnixFileMode(
                full,
                File.GetUnixFileMode(full) | UnixFileMode.UserExecute | UnixFileMode.GroupExecute
            );
        }

        paths.Add(path);
        if (path.Contains('/'))
        {
            paths.Add(path[..path.LastIndexOf('/')]);
        }
    }

    private void WriteLink(string folder, int number)
    {
        var path = Pick("", "d/", "e/") + "l" + number;
        var up = string.Concat(Enumerable.Repeat("../", path.Count(c => c == '/')));
        var to = paths[random.Next(paths.Count)].Replace("/*", "");
        var target = random.Next(8) switch
        {
            0 => "/" + to,
            1 => up + "nowhere",
            2 when Links.Count > 0 => up + Links.Keys.First(),
            _ => up + to,
        };
        var full = Path.Combine(folder, path);
        if (to != path && !File.Exists(full) && new FileInfo(full).LinkTarget is null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.CreateSymbolicLink(full, target);
            Links.Add(path, target);
            paths.AddRange([path, path + "/a.txt", path + "/*"]);
        }
    }

    private string Generate()
    {
        var text = new StringBuilder();
        var stages = random.Next(1, 4);
        for (var stage = 0; stage < stages; stage++)
        {
            var runs = image is not null && random.Next(2) == 0;
            var isOnAnother = hasVariables && stage > 0 && random.Next(3) == 0;
            runs &= !isOnAnother;
            text.Append(
                isOnAnother ? $"FROM s{stage - 1}"
                : runs ? $"FROM {image}"
                : "FROM scratch"
            );
            text.Append($" AS s{stage}\n");
            for (var count = random.Next(1, 4); count > 0; count--)
            {
                text.Append(
                    runs && random.Next(3) == 0 ? Mount(count)
                    : hasVariables && random.Next(2) == 0 ? Variable(count)
                    : Copy(count)
                );
            }

            if (stage > 0 && random.Next(3) > 0)
            {
                text.Append($"COPY --from={Pick($"s{stage - 1}", $"{stage - 1}")} /o1 /from{stage}\n");
            }
        }

        // Leaves out the files of the image that the commands come from.
        return text.Append($"FROM scratch\nCOPY --from=s{stages - 1} /o1 /o1\n").ToString();
    }

    private string Copy(int number)
    {
        var sources = Enumerable.Range(0, random.Next(1, 3)).Select(_ => Source()).ToList();
        return sources.Exists(source => source.Contains(' '))
            ? $"COPY [{string.Join(", ", sources.Select(source => $"\"{source}\""))}, \"/o{number}/\"]\n"
            : $"{Pick("COPY", "COPY", "ADD")} {string.Join(' ', sources)} /o{number}/\n";
    }

    private string Mount(int number)
    {
        var source = paths[random.Next(paths.Count)].Replace("/*", "");
        return source.Contains(' ')
            ? Copy(number)
            : $"RUN --mount=type=bind,source={source},target=/m{number} mkdir -p /o{number} && cp -R /m{number} /o{number}/m\n";
    }

    /// <summary>
    /// Copies a path by a variable, which <c>ARG</c>, <c>ENV</c>, an earlier instruction or nothing sets.
    /// </summary>
    private string Variable(int number)
    {
        var path = paths[random.Next(paths.Count)];
        if (path.Contains(' '))
        {
            return Copy(number);
        }

        var (name, other) = ($"V{random.Next(3)}", $"V{random.Next(3)}");
        var setting = random.Next(4) switch
        {
            0 => $"ARG {name}={path}\n",
            1 => $"ENV {name}={path}\n",
            2 => $"ENV {name} {path}\nARG {other}=$" + name + "\n",
            _ => "",
        };
        var use = random.Next(4) switch
        {
            0 => $"${name}",
            1 => "${" + name + ":-" + path + "}",
            2 => "${" + other + ":+" + path + "}",
            _ => $"\"${{{other}}}\"",
        };
        return $"{setting}COPY {use} /o{number}/\n";
    }

    private string Source()
    {
        var path = paths[random.Next(paths.Count)];
        var slash = path.LastIndexOf('/') + 1;
        return random.Next(8) switch
        {
            0 => path[..slash] + "*",
            1 => path[..slash] + "?" + path[(slash + 1)..],
            2 => path[..slash] + "[" + path[slash] + "]" + path[(slash + 1)..],
            3 => "*/" + path[slash..],
            4 => "./" + path + "/",
            5 => "/" + path,
            6 when slash > 0 => "[a-e]*/" + path[slash..],
            _ => path,
        };
    }

    private string Pick(params IReadOnlyList<string> choices) => choices[random.Next(choices.Count)];
}
