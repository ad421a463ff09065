using System.CommandLine;
using System.Globalization;
using System.Net;
using Lading.Cli.Output;
using Lading.Layout;
using Lading.Projects;
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
            // The parser itself reports a value that is not an integer.
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
            if (!AccountId.Is(result.GetValueOrDefault<string>()))
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
                var folder = await ServedStore
                    .FindAsync(
                        invocation.Host.WorkingDirectory,
                        invocation.Value(store),
                        invocation.EnvironmentName,
                        cancellationToken
                    )
                    .ConfigureAwait(false);
                var options = Defaults with
                {
                    Port = invocation.Value(port),
                    Account = invocation.Value(account)!,
                    Listen = IPAddress.Parse(invocation.Value(listen)!),
                    Logins = invocation.Value(logins) is { } file
                        ? RegistryLogins.Read(Path.GetFullPath(file, invocation.Host.WorkingDirectory), file)
                        : RegistryLogins.None,
                    Time = invocation.Host.Time,
                    WhenQuiet = ProcessMemory.GiveBack,
                };
                return await RunAsync(invocation, folder, options, cancellationToken).ConfigureAwait(false);
            }
        );
        return command;
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
                // Ctrl-C is the normal end.
                invocation.Terminal.Narrate("  stopped");
            }
        }

        return 0;
    }
}
