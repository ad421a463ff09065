namespace Lading.Engines;

/// <summary>What Buildah and Podman have in common: no server need run, and both build by Buildah's code.</summary>
internal abstract class ContainersEngine(string program) : Engine(program)
{
    protected override IReadOnlyList<string> Probe => ["info"];

    protected override BuiltForm Form => BuiltForm.OciLayout;

    /// <remarks>Buildah splits at each comma, whatever stands around it: a file whose path has one gets a link without.</remarks>
    protected override string SecretArgument(BuildRequest request, string id, SecretLocation secret)
    {
        if (secret.File is not { } file || !file.Contains(',', StringComparison.Ordinal))
        {
            return base.SecretArgument(request, id, secret);
        }

        var link = Path.Combine(NewTemporaryFolder(), "secret");
        File.CreateSymbolicLink(link, file);
        return base.SecretArgument(request, id, new SecretLocation(null, link));
    }
}
