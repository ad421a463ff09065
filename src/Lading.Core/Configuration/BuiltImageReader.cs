using Lading.Configuration.Json;

namespace Lading.Configuration;

/// <summary>Reads the entry of an image that an engine builds from a Dockerfile.</summary>
internal static class BuiltImageReader
{
    private const string ContextImage = "docker-image://";

    public static IReadOnlyList<string> Keys { get; } =
    ["context", "dockerfile", "target", "args", "secrets", "ssh", "contexts"];

    public static BuiltImage Read(string name, FieldSet fields)
    {
        var context = fields.Require("context", "\"context\": \"src/web\", the folder that is the build context");
        var folder = context is null ? "." : PathReader.Folder(context);
        var dockerfile = fields.Find("dockerfile");
        return new BuiltImage
        {
            Name = name,
            Repository = default,
            Context = folder,
            Dockerfile =
                dockerfile is not null ? PathReader.File(dockerfile)
                : folder == "." ? "Dockerfile"
                : $"{folder}/Dockerfile",
            Target = fields.Find("target")?.Text(text => !text.Any(char.IsWhiteSpace), "the name of a stage"),
            Args = fields.Find("args") is { } args ? TextMapReader.Args(args) : TextMapReader.Empty,
            Secrets = ReadSecrets(fields.Find("secrets")),
            Ssh = fields.Find("ssh")?.DistinctTexts(item => item.Text(IsId, "an id, such as default")) ?? [],
            Contexts = ReadContexts(fields.Find("contexts")),
        };
    }

    private static SortedDictionary<string, BuildSecret> ReadSecrets(Field? field)
    {
        var secrets = new SortedDictionary<string, BuildSecret>(StringComparer.Ordinal);
        foreach (var (id, value) in field?.Entries() ?? [])
        {
            if (!IsId(id))
            {
                value.RejectKey("is not a valid id of a secret", "Expected letters, digits, '_', '.', '-'.");
            }

            var fields = value.Object("a secret");
            var (file, variable) = (fields.Find("file"), fields.Find("env"));
            if (file is null == variable is null && value.Node.Kind == System.Text.Json.JsonValueKind.Object)
            {
                value.Reject(
                    file is null ? "does not say where the secret is" : "has both file and env",
                    "Write { \"file\": \"~/.npmrc\" } or { \"env\": \"NPM_TOKEN\" }."
                );
            }

            fields.RejectOthers();
            secrets[id] = new BuildSecret(
                variable?.Text(TextMapReader.IsVariable, "the name of an environment variable"),
                file?.Text(text => !text.Contains('\\', StringComparison.Ordinal), "a path with '/'")
            );
        }

        return secrets;
    }

    private static SortedDictionary<string, string> ReadContexts(Field? field)
    {
        var contexts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in field?.Entries() ?? [])
        {
            if (name.Length == 0 || name.Any(c => char.IsWhiteSpace(c) || c is '=' or ','))
            {
                value.RejectKey("is not a valid name of a build context");
            }

            contexts[name] = value.Node.Text.StartsWith(ContextImage, StringComparison.Ordinal)
                ? ContextImage + ReferenceReader.Read(value, value.Node.Text[ContextImage.Length..])
                : PathReader.Folder(value);
        }

        return contexts;
    }

    private static bool IsId(string text) => text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-');
}
