using Lading.Oci;

namespace Lading.Cli.Docker;

/// <summary>
/// The options of <c>docker build</c>, with BuildKit and without, and of <c>docker buildx build</c> (Docker CLI reference). A test
/// compares the table in docs/assets.md with this one.
/// </summary>
internal static class BuildOptions
{
    private const string Attestations = "an image that is handed over by the engine holds no attestations";
    private const string NothingBuilt = "it builds nothing";

    /// <summary>All options, by name.</summary>
    public static IReadOnlyList<BuildOption> All { get; } =
    [
        BuildOption.PassedOn("--add-host") with
        {
            WithContainers = "passed on; `host=address` becomes `host:address`",
            ForContainers = value =>
                new("--add-host", value.Contains(':', StringComparison.Ordinal) ? value : value.Replace('=', ':')),
        },
        BuildOption.PassedOn("--allow") with
        {
            WithContainers = "`network.host`: no effect, none is needed; else refused: only BuildKit has entitlements",
            ForContainers = value =>
                value == "network.host"
                    ? BuildOptionEffect.Nothing
                    : BuildOptionEffect.Refuse("only BuildKit has entitlements"),
        },
        BuildOption.PassedOn("--annotation") with
        {
            WithDocker = "refused: `docker save` keeps no annotations",
            ForDocker = _ => BuildOptionEffect.Refuse("'docker save' keeps no annotations"),
        },
        BuildOption.Refused(
            "--attest",
            Attestations,
            value => value.Contains("disabled=true", StringComparison.Ordinal),
            "`disabled=true`"
        ),
        BuildOption.Own("--build-arg", "passed on"),
        BuildOption.Own("--build-context", "passed on"),
        BuildOption.PassedOn("--builder") with
        {
            WithDocker = "passed on, with `--load`",
            ForDocker = value => new("--builder", value, "--load"),
            WithContainers = "refused: only buildx has builders",
            ForContainers = _ => BuildOptionEffect.Refuse("only buildx has builders"),
        },
        Cache("--cache-from"),
        Cache("--cache-to"),
        BuildOption.Refused("--call", NothingBuilt, value => value == "build", "`build`"),
        BuildOption.PassedOn("--cgroup-parent"),
        BuildOption.Refused("--check", NothingBuilt, isSwitch: true),
        BuildOption.WithoutEffect("--compress", "the context goes nowhere", isSwitch: true),
        BuildOption.PassedOn("--cpu-period"),
        BuildOption.PassedOn("--cpu-quota"),
        BuildOption.PassedOn("--cpu-shares", "-c"),
        BuildOption.PassedOn("--cpuset-cpus"),
        BuildOption.PassedOn("--cpuset-mems"),
        BuildOption.WithoutEffect("--debug", "what the engine says is shown anyway", "-D", isSwitch: true),
        BuildOption.Refused("--detach", "the push that follows needs the result", isSwitch: true),
        BuildOption.WithoutEffect("--disable-content-trust", "Lading asks for no signatures", isSwitch: true),
        BuildOption.Own("--file", "passed on", "-f"),
        BuildOption.WithoutEffect("--force-rm", "it is what is done", isSwitch: true),
        BuildOption.Own("--iidfile", "written by Lading: the digest"),
        BuildOption.Refused(
            "--isolation",
            "it is for Windows containers",
            value => value is "" or "default",
            "`default`"
        ),
        BuildOption.PassedOn("--label"),
        BuildOption.WithoutEffect("--load", "the image is kept for the push", isSwitch: true),
        BuildOption.PassedOn("--memory", "-m"),
        BuildOption.PassedOn("--memory-swap"),
        BuildOption.Own("--metadata-file", "written by Lading: `containerimage.digest`, `image.name`"),
        BuildOption.PassedOn("--network"),
        BuildOption.PassedOn("--no-cache", isSwitch: true),
        BuildOption.PassedOn("--no-cache-filter") with
        {
            WithContainers = "becomes `--no-cache`, for all stages",
            ForContainers = _ => new("--no-cache"),
        },
        BuildOption.Refused(
            "--output",
            "the image is kept for the push that follows",
            value => value is "type=docker" or "type=image" or "type=oci",
            "`type=docker`, `type=image`, `type=oci`",
            "-o"
        ),
        BuildOption.Own("--platform", "passed on; several: refused, the CDK asks for one"),
        BuildOption.PassedOn("--policy") with
        {
            WithContainers = "refused: only buildx has policies",
            ForContainers = _ => BuildOptionEffect.Refuse("only buildx has policies"),
        },
        BuildOption.Refused("--print", NothingBuilt),
        BuildOption.WithoutEffect("--progress", "it is always plain"),
        BuildOption.Refused("--provenance", Attestations, IsOff, "`false`"),
        BuildOption.PassedOn("--pull", isSwitch: true),
        BuildOption.Refused("--push", "the CDK pushes by a call of its own", isSwitch: true),
        BuildOption.Own("--quiet", "the digest alone is shown", "-q", isSwitch: true),
        BuildOption.WithoutEffect("--rm", "it is what is done", isSwitch: true),
        BuildOption.Refused("--sbom", Attestations, IsOff, "`false`"),
        BuildOption.Own("--secret", "passed on"),
        BuildOption.PassedOn("--security-opt"),
        BuildOption.PassedOn("--shm-size"),
        BuildOption.PassedOn("--squash", isSwitch: true) with
        {
            WithDocker = "refused: BuildKit does not know it",
            ForDocker = value =>
                BuildOption.IsOn(value)
                    ? BuildOptionEffect.Refuse("BuildKit does not know it")
                    : BuildOptionEffect.Nothing,
        },
        BuildOption.Own("--ssh", "passed on"),
        BuildOption.Refused("--stream", "Docker itself no longer has it", isSwitch: true),
        BuildOption.Own("--tag", "names the image; may be given several times", "-t"),
        BuildOption.Own("--target", "passed on"),
        BuildOption.PassedOn("--ulimit"),
    ];

    /// <summary>The option of a word such as <c>--tag</c> or <c>-t</c>; null if Docker does not have it.</summary>
    public static BuildOption? Find(string word) =>
        All.FirstOrDefault(option => option.Name == word || option.Short == word);

    private static bool IsOff(string value) =>
        !BuildOption.IsOn(value) || value.Contains("disabled=true", StringComparison.Ordinal);

    /// <summary>An option for a cache. A cache does not affect the image, so an unsupported one is left out.</summary>
    private static BuildOption Cache(string name) =>
        BuildOption.PassedOn(name) with
        {
            WithContainers = "the repository of `type=registry,ref=…`; others are left out, with a note",
            ForContainers = value =>
                RepositoryOf(value) is { } repository
                    ? new(name, repository)
                    : BuildOptionEffect.LeaveOut($"{name} {value} is left out: podman and buildah know no such cache"),
        };

    private static string? RepositoryOf(string value)
    {
        var fields = value.Split(',').Select(field => field.Split('=', 2)).ToList();
        var text =
            fields is [[var whole]] ? whole
            : fields.Exists(field => field is ["type", "registry"])
                ? fields.FirstOrDefault(field => field is ["ref", _])?[1]
            : null;
        return ImageReference.TryParse(text ?? "", out var reference)
            ? $"{reference.Host}/{reference.Repository}"
            : null;
    }
}
