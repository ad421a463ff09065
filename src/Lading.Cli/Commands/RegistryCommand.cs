using System.CommandLine;
using System.Globalization;
using System.Net;
using Lading.Cli.Output;
using Lading.Configuration;
using Lading.Context;
using Lading.Layout;
using Lading.Server;
using Lading.Server.Access;
using Lading.Server.Memory;

namespace Lading.Cli.Commands;

/// <summary><c>lading registry</c>: serves the embedded registry to other programs, in the foreground.</summary>
internal static class RegistryCommand
{
    private const int DefaultPort = 5050;
    private static readonly RegistryServerOptions Defaults = new();

    public static Command Create(VerbContext context)
    {
        var port = new Option<int>("--port")
        {
            Description = "The port; 0 picks a free one.",
            HelpName = "number",
            DefaultValueFactory = _ => DefaultPort,
        };
        port.Validators.Add(result =>
        {
            // The parser itself reports a value that is not a number.
            if (result.Tokens.Any(token => !ushort.TryParse(token.Value, CultureInfo.InvariantCulture, out _)))
            {
                result.AddError("--port takes a number from 0 to 65535.");
            }
        });
        var store = new Option<string?>("--store")
        {
            Description =
                "The folder of its image layouts. Default: that of the environment, .lading/registry for local.",
            HelpName = "folder",
        };
        var account = new Option<string>("--account")
        {
            Description = "The AWS account that it plays as ECR and STS.",
            HelpName = "id",
            DefaultValueFactory = _ => Defaults.Account,
        };
        account.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is not { Length: 12 } id || !id.All(char.IsAsciiDigit))
            {
                result.AddError("--account takes an account id: 12 digits.");
            }
        });
        var listen = new Option<string>("--listen")
        {
            Description = "The address to listen on; any but loopback needs --logins.",
            HelpName = "address",
            DefaultValueFactory = _ => Defaults.Listen.ToString(),
        };
        listen.Validators.Add(result =>
        {
            if (!IPAddress.TryParse(result.GetValueOrDefault<string>(), out _))
            {
                result.AddError("--listen takes an IP address, such as 127.0.0.1 or 0.0.0.0.");
            }
        });
        var logins = new Option<string?>("--logins")
        {
            Description =
                "A file with lines name:secret, the only logins: user and password for docker login, access key and secret for AWS tools.",
            HelpName = "file",
        };
        var command = new Command(
            "registry",
            "Serves the embedded registry on loopback until Ctrl-C, for docker push and pull, and as ECR."
        );
        command.Options.Add(port);
        command.Options.Add(store);
        command.Options.Add(account);
        command.Options.Add(listen);
        command.Options.Add(logins);
        context.OnRun(
            command,
            async (invocation, cancellationToken) =>
            {
                var folder = await StoreOfAsync(invocation, invocation.Value(store), cancellationToken)
                    .ConfigureAwait(false);
                var options = Defaults with
                {
                    Port = invocation.Value(port),
                    Account = invocation.Value(account)!,
                    Listen = IPAddress.Parse(invocation.Value(listen)!),
                    Logins = LoginsOf(invocation, invocation.Value(logins)),
                    Time = invocation.Host.Time,
                    WhenQuiet = ProcessMemory.GiveBack,
                };
                return await RunAsync(invocation, folder, options, cancellationToken).ConfigureAwait(false);
            }
        );
        return command;
    }

    private static RegistryLogins LoginsOf(Invocation invocation, string? file)
    {
        if (file is null)
        {
            return RegistryLogins.None;
        }

        try
        {
            return RegistryLogins.Parse(File.ReadAllText(Path.GetFullPath(file, invocation.Host.WorkingDirectory)));
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            throw LadingException.Usage(
                $"Could not read the logins of {file}",
                e.Message.TrimEnd('.'),
                "Write a line name:secret for everybody who may use the registry."
            );
        }
    }

    private static async Task<int> RunAsync(
        Invocation invocation,
        string folder,
        RegistryServerOptions options,
        CancellationToken cancellationToken
    )
    {
        var store = new LayoutStore(folder);
        var server = await RegistryServer.StartAsync(store, options, cancellationToken).ConfigureAwait(false);
        await using (server.ConfigureAwait(false))
        {
            try
            {
                RegistryScreen.Show(invocation, server.Address, store, cancellationToken);
                await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // Ctrl-C is how it normally ends.
                invocation.Terminal.Narrate("  stopped");
            }
        }

        return 0;
    }

    /// <summary>The given folder; otherwise that of the project's environment; outside of a project, one in the current folder.</summary>
    private static async Task<string> StoreOfAsync(
        Invocation invocation,
        string? named,
        CancellationToken cancellationToken
    )
    {
        var working = invocation.Host.WorkingDirectory;
        if (named is not null)
        {
            var folder = Path.GetFullPath(named, working);
            return !File.Exists(folder)
                ? folder
                : throw LadingException.Usage(
                    $"Could not serve the registry of {named}",
                    "it is a file",
                    "--store names the folder of its images; a missing one is created."
                );
        }

        if (ConfigurationFile.Find(working) is null)
        {
            return Path.Combine(working, OwnFiles.Folder, "registry");
        }

        var project = await invocation.FindProjectAsync(cancellationToken).ConfigureAwait(false);
        return project.Environment.IsEmbedded
            ? project.EmbeddedStoreOf(project.Environment)
            : throw LadingException.Usage(
                $"Could not serve the registry of environment {project.Environment.Name}",
                "its registry is not embedded",
                "Name an embedded environment with --env, or a folder with --store."
            );
    }
}
