using System.CommandLine;
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

    public bool PlainHttp(Invocation invocation) => invocation.Value(plainHttp);

    /// <exception cref="LadingException">The platform is invalid.</exception>
    public Platform? Platform(Invocation invocation) =>
        invocation.Value(platform) is not { } text ? null
        : Oci.Platform.TryParse(text, out var parsed) ? parsed
        : throw LadingException.Usage(
            "Could not read --platform",
            $"'{text}' is not a platform",
            "Write os/architecture, such as linux/amd64."
        );

    /// <summary>A location on the command line.</summary>
    /// <exception cref="LadingException">It is none.</exception>
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
