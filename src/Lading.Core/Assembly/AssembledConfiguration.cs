using Lading.Configuration;
using Lading.Oci;

namespace Lading.Assembly;

/// <summary>The configuration of an assembled image: the base's, with the settings of the definition.</summary>
internal static class AssembledConfiguration
{
    /// <summary>The time of everything: equal files give equal images whenever they are assembled.</summary>
    private const string Created = "1970-01-01T00:00:00Z";

    /// <summary>Makes it.</summary>
    /// <param name="image">What is set.</param>
    /// <param name="platform">What it runs on.</param>
    /// <param name="origin">The base.</param>
    /// <param name="layers">The added layers, one for each <c>copy</c> entry.</param>
    public static ImageConfiguration Of(
        AssembledImage image,
        Platform platform,
        BaseLayers origin,
        IReadOnlyList<WrittenLayer> layers
    )
    {
        var below = origin.Configuration;
        return new ImageConfiguration
        {
            Architecture = platform.Architecture,
            Os = platform.Os,
            Variant = platform.Variant,
            Created = Created,
            Config = Start(image, below.Config ?? new ContainerConfiguration()),
            RootFileSystem = new RootFileSystem
            {
                DiffIds = [.. below.RootFileSystem?.DiffIds ?? [], .. layers.Select(layer => layer.DiffId.ToString())],
            },
            History =
            [
                .. below.History ?? [],
                .. image.Copy.Select(entry => new HistoryEntry
                {
                    Created = Created,
                    CreatedBy = $"lading copy {entry.From} {entry.To}",
                }),
            ],
        };
    }

    private static ContainerConfiguration Start(AssembledImage image, ContainerConfiguration below) =>
        below with
        {
            User = image.User ?? below.User,
            WorkingDir = image.WorkingDirectory ?? below.WorkingDir,
            Env = Env(image.Env, below.Env ?? []),
            Entrypoint = image.Entrypoint ?? below.Entrypoint,
            // As in Docker, a new entry point drops the previous one's arguments.
            Cmd = image.Command ?? (image.Entrypoint is null ? below.Cmd : null),
            ExposedPorts = Ports(image.Ports, below.ExposedPorts),
            Labels = Labels(image.Labels, below.Labels),
            OnBuild = null,
        };

    private static IReadOnlyList<string>? Env(IReadOnlyDictionary<string, string> set, IReadOnlyList<string> below)
    {
        var replaced = set.Keys.ToHashSet(StringComparer.Ordinal);
        string[] env =
        [
            .. below.Where(entry => !replaced.Contains(entry.Split('=', 2)[0])),
            .. set.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"),
        ];
        return env.Length == 0 ? null : env;
    }

    private static IReadOnlyDictionary<string, EmptyObject>? Ports(
        IReadOnlyList<string> set,
        IReadOnlyDictionary<string, EmptyObject>? below
    )
    {
        var ports = new SortedDictionary<string, EmptyObject>(StringComparer.Ordinal);
        foreach (var port in set.Concat(below?.Keys ?? []))
        {
            ports[port.Contains('/', StringComparison.Ordinal) ? port : port + "/tcp"] = new EmptyObject();
        }

        return ports.Count == 0 ? null : ports;
    }

    private static IReadOnlyDictionary<string, string>? Labels(
        IReadOnlyDictionary<string, string> set,
        IReadOnlyDictionary<string, string>? below
    )
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in (below ?? new Dictionary<string, string>(StringComparer.Ordinal)).Concat(set))
        {
            labels[key] = value;
        }

        return labels.Count == 0 ? null : labels;
    }
}
