using System.Text;
using Lading.Oci;

namespace Lading.Context.Dockerfiles;

/// <summary>Adds digests to the references in a Dockerfile, so that every engine uses the bases of the fingerprint.</summary>
/// <remarks>Line numbers and everything else stay the same.</remarks>
internal sealed class PinnedDockerfile
{
    private readonly Dockerfile dockerfile;
    private readonly string[] lines;
    private readonly IReadOnlyDictionary<string, string> contexts;
    private readonly IReadOnlyDictionary<string, Digest> pins;

    private PinnedDockerfile(
        Dockerfile dockerfile,
        string text,
        IReadOnlyDictionary<string, string> contexts,
        IReadOnlyDictionary<string, Digest> pins
    )
    {
        this.dockerfile = dockerfile;
        lines = text.Split('\n');
        this.contexts = contexts;
        this.pins = pins;
    }

    /// <summary>The Dockerfile with digests, for one platform.</summary>
    /// <param name="file">Its bytes; returned unchanged if nothing in it is pinned.</param>
    /// <param name="target">The stage to build; null for the last.</param>
    /// <param name="args">Build arguments.</param>
    /// <param name="platform">The platform to build for.</param>
    /// <param name="contexts">Named contexts, which replace stages and images of their name.</param>
    /// <param name="pins">By reference, with variables replaced.</param>
    /// <exception cref="FormatException">It is not a Dockerfile.</exception>
    public static ReadOnlyMemory<byte> Of(
        ReadOnlyMemory<byte> file,
        string? target,
        IReadOnlyDictionary<string, string> args,
        Platform platform,
        IReadOnlyDictionary<string, string> contexts,
        IReadOnlyDictionary<string, Digest> pins
    )
    {
        if (pins.Count == 0)
        {
            return file;
        }

        var dockerfile = DockerfileReader.Parse(file.Span);
        var text = Encoding.UTF8.GetString(file.Span.StartsWith("\uFEFF"u8) ? file.Span[3..] : file.Span);
        var pinned = new PinnedDockerfile(dockerfile, text, contexts, pins);
        if (!pinned.Write(GlobalArguments.Of(dockerfile, target, args, platform)))
        {
            return file;
        }

        var written = Encoding.UTF8.GetBytes(string.Join('\n', pinned.lines));
        var remaining = BaseImages.ReachedBy(DockerfileReader.Parse(written), target, args, [platform], contexts);
        return remaining.FirstOrDefault(name => pins.ContainsKey(name) && !IsContextImage(name, contexts)) is { } missed
            ? throw new FormatException($"{missed} is written in a form that a digest cannot be added to")
            : written;
    }

    /// <summary>The digest of such a reference is added where the context is defined, outside of the file.</summary>
    private static bool IsContextImage(string name, IReadOnlyDictionary<string, string> contexts) =>
        name.Contains('@', StringComparison.Ordinal)
        || contexts.Values.Contains($"docker-image://{name}", StringComparer.Ordinal);

    private bool Write(IReadOnlyDictionary<string, Substitution> arguments)
    {
        var isChanged = false;
        foreach (var stage in dockerfile.Stages)
        {
            isChanged |= WriteFrom(stage, arguments);
            foreach (
                var instruction in stage.Instructions.Where(each =>
                    each.Keyword is "COPY" or "ADD" or "RUN" or "ONBUILD"
                )
            )
            {
                isChanged |= WriteFlags(instruction);
            }
        }

        return isChanged;
    }

    private bool WriteFrom(Stage stage, IReadOnlyDictionary<string, Substitution> arguments)
    {
        var from = Substitution.Apply(
            stage.From,
            dockerfile.Escape,
            name => arguments.GetValueOrDefault(name, Substitution.Unset)
        );
        if (
            !from.IsKnown
            || Pinned(from.Text, dockerfile.Stages.Take(stage.Index), canBeNumber: false) is not { } pinned
        )
        {
            return false;
        }

        var platform = stage.Platform is null ? "" : $"--platform={stage.Platform} ";
        var name = stage.Name is null ? "" : $" AS {stage.Name}";
        var start = stage.Line - 1;
        Array.Fill(lines, "#", start, EndOf(start) - start);
        lines[start] = $"FROM {platform}{pinned}{name}";
        return true;
    }

    /// <summary>References are in flags, which come first: the text of a command is not searched.</summary>
    private bool WriteFlags(Instruction instruction)
    {
        var start = instruction.Line - 1;
        var length = EndOf(start) - start;
        var text = string.Join('\n', lines, start, length);
        var written = new StringBuilder();
        var keywords = instruction.Keyword == "ONBUILD" ? 2 : 1;
        var at = 0;
        while (at < text.Length)
        {
            var word = BlanksFrom(text, at);
            var end = word;
            while (end < text.Length && !char.IsWhiteSpace(text[end]))
            {
                end++;
            }

            var isFlag = text.AsSpan(word, end - word).StartsWith("--");
            if (!isFlag && keywords-- == 0)
            {
                break;
            }

            written.Append(text, at, word - at).Append(isFlag ? WithPin(text[word..end]) : text[word..end]);
            at = end;
        }

        written.Append(text, at, text.Length - at);
        written.ToString().Split('\n').CopyTo(lines, start);
        return written.Length > text.Length;
    }

    /// <summary><c>--from=image</c>, and <c>--mount=type=bind,from=image,target=/x</c>.</summary>
    private string WithPin(string flag)
    {
        var fields = flag.Split(',');
        for (var i = 0; i < fields.Length; i++)
        {
            var from = fields[i].LastIndexOf("from=", StringComparison.OrdinalIgnoreCase);
            if (from < 0)
            {
                continue;
            }

            var value = fields[i][(from + "from=".Length)..];
            var name = value.Trim('"', '\'');
            if (Pinned(name, dockerfile.Stages, canBeNumber: true) is { } pinned)
            {
                fields[i] = fields[i][..^value.Length] + value.Replace(name, pinned, StringComparison.Ordinal);
            }
        }

        return string.Join(',', fields);
    }

    /// <summary>A reference with its digest; null if it is a stage, a context, or not pinned.</summary>
    private string? Pinned(string name, IEnumerable<Stage> stages, bool canBeNumber) =>
        pins.TryGetValue(name, out var digest)
        && !name.Contains('@', StringComparison.Ordinal)
        && !contexts.ContainsKey(name)
        && !stages.Any(stage => string.Equals(stage.Name, name, StringComparison.OrdinalIgnoreCase))
        && !(canBeNumber && dockerfile.FindByNumber(name) is not null)
            ? $"{name}@{digest}"
            : null;

    /// <summary>Skips blanks, escaped line ends, and comments between continued lines.</summary>
    private int BlanksFrom(string text, int at)
    {
        while (at < text.Length)
        {
            var lineEnd = text.IndexOf('\n', at);
            lineEnd = lineEnd < 0 ? text.Length : lineEnd;
            var rest = text.AsSpan(at, lineEnd - at).Trim();
            var isComment = rest.StartsWith("#") && (at == 0 || text[at - 1] == '\n');
            if (rest.IsEmpty || isComment || rest.SequenceEqual([dockerfile.Escape]))
            {
                at = Math.Min(lineEnd + 1, text.Length);
            }
            else
            {
                return at + text.AsSpan(at).IndexOfAnyExcept(" \t\r\v\f");
            }
        }

        return at;
    }

    /// <summary>The line after the end of an instruction with its continuations, without heredocs.</summary>
    private int EndOf(int start)
    {
        var isContinued = IsContinued(lines[start]);
        var end = start + 1;
        for (; isContinued && end < lines.Length; end++)
        {
            var line = lines[end].AsSpan().Trim();
            isContinued = line.IsEmpty || line.StartsWith("#") || IsContinued(lines[end]);
        }

        return end;
    }

    private bool IsContinued(string line)
    {
        var end = line.AsSpan().TrimEnd(" \t\r");
        return end.EndsWith([dockerfile.Escape]) && !(end.Length > 1 && end[^2] == dockerfile.Escape);
    }
}
