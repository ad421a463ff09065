using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Lading.Configuration.Proposals;

/// <summary>A first <c>lading.json</c>, with comments that suggest what to add.</summary>
internal static class ConfigurationDraft
{
    /// <param name="project">The prefix of repository names.</param>
    /// <param name="folder">The folder of <c>lading.json</c>, from the top of the repository.</param>
    /// <param name="images">The images.</param>
    /// <returns>A configuration that is valid.</returns>
    public static byte[] Format(string project, string folder, IReadOnlyList<ProposedImage> images)
    {
        var text = new StringBuilder(
            $$"""
            // Which container images this repository makes, and where they go. Comments and trailing commas are allowed.
            {
              "$schema": "{{ConfigurationSchema.Reference}}",
              "project": {{Quote(project)}},
              "images": {

            """
        );
        if (images.Count == 0)
        {
            text.Append(
                """
                    // "web":   { "context": "src/web" },
                    // "site":  { "assemble": { "base": "scratch", "copy": { "src/site/": "/srv/" }, "entrypoint": ["/srv/serve"] } },
                    // "envoy": { "from": "docker.io/envoyproxy/envoy:v1.31" },

                """
            );
        }

        foreach (var image in images)
        {
            if (image.Targets.Count > 1)
            {
                text.Append(
                    $"    // Stages: {string.Join(", ", image.Targets)}. The file's last stage is built unless \"target\" names another.\n"
                );
            }

            if (image.IsGuessed)
            {
                text.Append(
                    "    // The context is a guess: nothing in the repository says where this Dockerfile is built.\n"
                );
            }

            text.Append($"    {Quote(image.Name)}: {Entry(image, folder)},\n");
        }

        text.Append(
            $$"""
              },
              // Where images are published. Without any, "local" is there: the registry that is built into lading.
              "environments": {
                // "dev":  { "account": "111111111111", "region": "eu-central-1", "profile": "{{project}}-dev" },
                // "prod": { "account": "222222222222", "region": "eu-central-1", "profile": "{{project}}-prod", "promoteFrom": "dev" },
              },
            }

            """
        );
        return Encoding.UTF8.GetBytes(text.Replace("\r\n", "\n").ToString());
    }

    /// <summary>The entry of an image.</summary>
    public static string Entry(ProposedImage image, string folder)
    {
        var context = RelativePath.From(folder, image.Context);
        var dockerfile = RelativePath.From(folder, image.Dockerfile);
        var isDefault = dockerfile == (context == "." ? "Dockerfile" : $"{context}/Dockerfile");
        var named = image.Contexts.Select(pair => $"{Quote(pair.Key)}: {Quote(RelativePath.From(folder, pair.Value))}");
        string[] members =
        [
            $"\"context\": {Quote(context)}",
            .. isDefault ? Array.Empty<string>() : [$"\"dockerfile\": {Quote(dockerfile)}"],
            .. image.Target is { } target ? [$"\"target\": {Quote(target)}"] : Array.Empty<string>(),
            .. image.Contexts.Count == 0 ? Array.Empty<string>() : [$"\"contexts\": {{ {string.Join(", ", named)} }}"],
        ];
        return $"{{ {string.Join(", ", members)} }}";
    }

    private static string Quote(string text) =>
        $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
