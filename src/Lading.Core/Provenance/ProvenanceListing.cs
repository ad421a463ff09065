using System.Text.Json.Nodes;
using Lading.Configuration;
using Lading.Context.Dockerfiles;
using Lading.Fingerprints;
using Lading.Git;
using Lading.Oci;

namespace Lading.Provenance;

/// <summary>Lists the inputs of an image.</summary>
internal sealed class ProvenanceListing(ImageIdentity image, RepositoryPath paths)
{
    /// <param name="used">The bases, with the digests that count or were used.</param>
    public ImageProvenance Make(IReadOnlyList<BaseReference> used)
    {
        var list = new ImageProvenance
        {
            Image = image.Name,
            Fingerprint = image.Fingerprint,
            FingerprintVersion = image.Inputs.Version,
            Commit = image.Commit,
            Parameters = ParametersOf(),
            Bases =
            [
                .. used.Select(input => new BaseRecord(
                        input.Reference,
                        input.Digest
                            ?? (ImageReference.TryParse(input.Reference, out var parsed) ? parsed.Digest : null),
                        image.Inputs.Bases.Any(pinned =>
                            pinned.Reference == input.Reference && pinned.Digest is not null
                        )
                    ))
                    .OrderBy(input => input.Reference, ByteOrder.Comparer),
            ],
            Dockerfile = null,
            Folder = paths.Prefix,
            Files = [],
        };
        return (image.Inputs, image.Definition) switch
        {
            (BuiltInputs inputs, _) => Built(list, inputs),
            (AssembledInputs inputs, _) => list with
            {
                Files =
                [
                    .. inputs.Files.Select(file => new FileRecord(
                        "",
                        file.Path,
                        paths.OfFile(file.Path),
                        file.Mode,
                        file.Id
                    )),
                ],
            },
            _ => list,
        };
    }

    private ImageProvenance Built(ImageProvenance list, BuiltInputs inputs)
    {
        return list with
        {
            Dockerfile = new DockerfileRecord(inputs.DockerfilePath, Digest.OfBytes(inputs.Dockerfile.Span)),
            Folder = inputs.Folder,
            ContextFolders = inputs.Contexts.ToDictionary(
                context => context.Name,
                context => context.Folder,
                StringComparer.Ordinal
            ),
            Files =
            [
                .. FilesOf("", inputs.Folder, inputs.Files),
                .. inputs.Contexts.SelectMany(context => FilesOf(context.Name, context.Folder, context.Files)),
            ],
            Trail =
            [
                .. inputs.Trail.Select(file => new FileRecord(
                    "",
                    file.Path,
                    paths.OfFile(file.Path),
                    file.Mode,
                    file.Id
                )),
            ],
        };
    }

    private static IEnumerable<FileRecord> FilesOf(string context, string folder, FolderFiles files) =>
        files.List().Select(file => new FileRecord(context, file.Path, folder + file.Path, file.Mode, file.Id));

    private JsonObject ParametersOf()
    {
        var parameters = new JsonObject
        {
            ["image"] = image.Name,
            ["kind"] = image.Inputs.Kind,
            ["platforms"] = List(image.Inputs.Platforms.Select(platform => platform.ToString())),
            ["epoch"] = image.Inputs.Epoch,
        };
        switch (image.Inputs)
        {
            case BuiltInputs built:
                parameters["target"] = built.Target;
                // Arguments that do not count may contain anything, including a proxy's password.
                parameters["args"] = Map(built.Args.Where(pair => !IgnoredArguments.Contains(pair.Key)));
                parameters["secrets"] = List(built.Secrets);
                parameters["ssh"] = List(built.Ssh);
                break;
            case AssembledInputs { Definition: var assembled }:
                AddAssembled(parameters, assembled);
                break;
            case MirroredInputs mirrored:
                parameters["from"] = mirrored.From.Reference;
                break;
            default:
                throw new NotSupportedException(image.Inputs.GetType().Name);
        }

        return parameters;
    }

    private static void AddAssembled(JsonObject parameters, AssembledImage assembled)
    {
        parameters["run"] = assembled.Run;
        parameters["base"] = assembled.Base;
        parameters["copy"] = new JsonArray([
            .. assembled.Copy.Select(entry => new JsonObject { ["from"] = entry.From, ["to"] = entry.To }),
        ]);
        parameters["user"] = assembled.User;
        parameters["workdir"] = assembled.WorkingDirectory;
        parameters["env"] = Map(assembled.Env);
        parameters["entrypoint"] = assembled.Entrypoint is null ? null : List(assembled.Entrypoint);
        parameters["cmd"] = assembled.Command is null ? null : List(assembled.Command);
        parameters["ports"] = List(assembled.Ports.Order(ByteOrder.Comparer));
        parameters["labels"] = Map(assembled.Labels);
    }

    private static JsonArray List(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);

    private static JsonObject Map(IEnumerable<KeyValuePair<string, string>> map) =>
        new(
            map.OrderBy(pair => pair.Key, ByteOrder.Comparer)
                .Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, JsonValue.Create(pair.Value)))
        );
}
