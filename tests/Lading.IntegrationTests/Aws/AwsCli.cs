using System.Text.Json;
using Lading.Processes;
using Lading.Testing;

namespace Lading.IntegrationTests.Aws;

/// <summary>
/// The real AWS CLI, many times over: Python loads it once, and each command line is a process forked from there, with
/// its own variables and home.
/// </summary>
internal static class AwsCli
{
    // What the CLI computed from HOME while it was loaded is computed again.
    private const string Program = """
        import json, os, sys
        import awscli.clidriver, awscli.customizations.assumerole as roles, botocore.credentials as credentials, botocore.tokens as tokens
        running = {}
        def reap():
            pid, status = os.wait()
            results[running.pop(pid)] = os.waitstatus_to_exitcode(status)
        calls = json.load(sys.stdin)
        results = [None] * len(calls)
        for number, call in enumerate(calls):
            while len(running) >= 4:
                reap()
            pid = os.fork()
            if pid:
                running[pid] = number
                continue
            code = 255
            try:
                output = os.open(call['output'], os.O_WRONLY | os.O_CREAT)
                os.dup2(os.open(os.devnull, os.O_RDONLY), 0), os.dup2(output, 1), os.dup2(output, 2)
                os.setsid()
                for name, value in call['variables'].items():
                    os.environ.pop(name, None) if value is None else os.environ.__setitem__(name, value)
                home = os.environ['HOME']
                roles.CACHE_DIR = os.path.join(home, '.aws', 'cli', 'cache')
                credentials.SSOProvider._SSO_TOKEN_CACHE_DIR = tokens.SSOTokenProvider._SSO_TOKEN_CACHE_DIR = os.path.join(home, '.aws', 'sso', 'cache')
                sys.argv = ['aws', *call['arguments']]
                code = awscli.clidriver.main()
                sys.stdout.flush()
            except SystemExit as e:
                code = e.code
            finally:
                os._exit(code if isinstance(code, int) else 255)
        while running:
            reap()
        print(json.dumps(results))
        """;

    /// <summary>Runs command lines.</summary>
    /// <param name="folder">For their output.</param>
    /// <param name="calls">The arguments of each, and its variables; a variable that is null is removed.</param>
    /// <returns>The output of each.</returns>
    public static async Task<IReadOnlyList<string>> RunAsync(
        TestFolder folder,
        IReadOnlyList<(IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string?> Variables)> calls
    )
    {
        Requires.Program("python3", "Install Python 3.");
        var outputs = calls.Select((_, i) => folder.Combine($"said-{i}-{Guid.NewGuid():N}")).ToList();
        var input = JsonSerializer.SerializeToUtf8Bytes(
            calls.Select(
                (call, i) =>
                    new
                    {
                        arguments = call.Arguments,
                        variables = call.Variables,
                        output = outputs[i],
                    }
            )
        );
        var result = await ProgramRunner.RunAsync(
            new ProgramCall("python3", "-c", Program),
            input,
            TestContext.Current.CancellationToken
        );
        if (result.Error.Contains("ModuleNotFoundError", StringComparison.Ordinal))
        {
            Requires.Missing("the AWS CLI is not a module of python3", "Install it: python3 -m pip install awscli");
        }

        Assert.True(result.ExitCode == 0, result.Error);
        return
        [
            .. outputs.Select(output => File.Exists(output) ? File.ReadAllText(output) : "the process did not start"),
        ];
    }
}
