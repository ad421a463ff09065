using System.CommandLine;
using Lading.Configuration;
using Lading.Locations;
using Lading.Oci;

namespace Lading.Cli.Commands.Image;

/// <summary>The options that the image verbs share.</summary>
internal sealed class LocationOptions
{
    private readonly Option<bool> plainHttp = new("--plain-http")
    {
        Description = "Allow plain HTTP to the registries on this command line; loopback needs no flag.",
    };

    private readonly Option<string?> platform = new("--platform")
    {
        Description = "Pick one platform from an index, such as linux/arm64. Default: the whole index.",
        HelpName = "os/arch",
    };

    public void AddTo(Command command, bool withPlatform)
    {
        command.Options.Add(plainHttp);
        if (withPlatform)
        {
            command.Options.Add(platform);
        }
    }

    /// <exception cref="LadingException">The platform is invalid.</exception>
    public Platform? Platform(Invocation invocation) =>
        invocation.Value(platform) is { } text ? PlatformValue.Read(text) : null;

    /// <summary>
    /// Opens locations: those in ECR with the profile of the project's environment, all others without the project.
    /// </summary>
    public OpenedLocations Open(Invocation invocation) =>
        new(
            invocation.Host.WorkingDirectory,
            invocation.OpenRegistries(project: null, invocation.Value(plainHttp)),
            async cancellationToken =>
                invocation.OpenRegistries(
                    ConfigurationFile.Find(invocation.Host.WorkingDirectory) is null
                        ? null
                        : await invocation.FindProjectAsync(cancellationToken).ConfigureAwait(false)
                )
        );

    /// <summary>Parses a location on the command line.</summary>
    /// <exception cref="LadingException">The text is not a location.</exception>
    public static ImageLocation Read(string text)
    {
        try
        {
            return ImageLocation.Parse(text);
        }
        catch (FormatException e)
        {
            throw LadingException.Usage(
                $"Could not read '{text}'",
                e.Message.TrimEnd('.'),
                "Places are host/repository:tag, oci:DIR[:TAG], oci-archive:FILE[:TAG] and docker-archive:FILE[:NAME:TAG]."
            );
        }
    }
}
