using Lading.Processes;
using Lading.Testing;

namespace Lading.IntegrationTests.Completion;

/// <summary>The scripts in the shells themselves: each shell sources its own, and prints what it would offer.</summary>
public sealed class CompletingInAShell : IDisposable
{
    private readonly TestFolder folder = new();

    public CompletingInAShell()
    {
        File.WriteAllText(
            folder.Combine("lading.json"),
            """{ "images": { "web": { }, "worker": { } }, "environments": { "dev": { }, "prod": { } } }"""
        );
        File.WriteAllText(folder.Combine("notes.txt"), "");
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("lading pub", "publish")]
    [InlineData("lading publish w", "web worker")]
    [InlineData("lading publish --env=p", "prod")]
    [InlineData("lading deploy --env ", "dev local prod")]
    [InlineData("lading pin we", "web@")]
    [InlineData("lading publish --plat", "--platform")]
    [InlineData("lading deploy --summary no", "notes.txt")]
    public async Task Bash_offers_what_fits(string line, string expected)
    {
        var words = line.Replace("=", " = ", StringComparison.Ordinal).Split(' ');
        var script = $$"""
            PATH="{{await BinAsync("bash")}}:$PATH"
            source <(lading completion bash)
            COMP_LINE='{{line}}' COMP_POINT={{line.Length}} COMP_WORDS=({{string.Join(
                ' ',
                words.Select(w => $"'{w}'")
            )}})
            COMP_CWORD={{words.Length - 1}}
            _lading
            printf '%s\n' "${COMPREPLY[@]}" | sort
            """;

        Assert.Equal(expected, await RunAsync("bash", "--norc", "-c", script));
    }

    [Theory]
    [InlineData("lading pub", "publish")]
    [InlineData("lading publish w", "web worker")]
    [InlineData("lading publish --env=p", "--env=prod")]
    [InlineData("lading deploy --env ", "dev local prod")]
    [InlineData("lading pin we", "web@")]
    public async Task Fish_offers_what_fits(string line, string expected)
    {
        var script = $$"""
            set -x PATH "{{await BinAsync("fish")}}" $PATH
            lading completion fish | source
            complete -C '{{line}}' | string replace -r '\t.*' '' | sort
            """;

        Assert.Equal(expected, await RunAsync("fish", "--no-config", "-c", script));
    }

    [Theory]
    [InlineData("lading pub", "publish")]
    [InlineData("lading publish wo", "worker")]
    [InlineData("lading publish --env=p", "--env=prod")]
    [InlineData("lading deploy --env pr", "prod")]
    [InlineData("lading publish --plat", "--platform")]
    public async Task Zsh_writes_the_word_that_fits(string line, string expected)
    {
        // A terminal of zsh's own, in which a key is pressed: its completion cannot be queried in any other way.
        var script = $$"""
            zmodload zsh/zpty
            zpty -b shell 'PATH="{{await BinAsync("zsh")}}:$PATH" PS1="" TERM=dumb zsh -f -i'
            zpty -w shell 'autoload -Uz compinit; compinit -D -u; source <(lading completion zsh); bindkey "^I" complete-word'
            zpty -w shell 'shown() { print -r -- "<""<$BUFFER>"">"; zle kill-buffer; }; zle -N shown; bindkey "^X" shown; print rea""dy'
            typeset -F SECONDS=0
            local text='' piece
            until [[ $text == *ready* ]] || (( SECONDS > 30 )); do zpty -r -t shell piece && text+=$piece || sleep 0.05; done
            zpty -w -n shell $'{{line}}\t\x18'
            until [[ $text == *'<<'*'>>'* ]] || (( SECONDS > 60 )); do zpty -r -t shell piece && text+=$piece || sleep 0.05; done
            print -r -- ${${text##*<<}%%>>*}
            zpty -d shell
            """;

        var written = await RunAsync("zsh", "-f", "-c", script);

        Assert.Equal(expected, written.Trim().Split(' ')[^1]);
    }

    [Fact]
    public async Task PowerShell_offers_what_fits()
    {
        if (ProgramOnPath("pwsh") is null)
        {
            // Debian has no package for it.
            Assert.Skip("pwsh is not there. Install it: dotnet tool install --global PowerShell");
        }

        // It takes a second to start, so one session answers for all.
        var script = $$"""
            $env:PATH = '{{await BinAsync("pwsh")}}:' + $env:PATH
            lading completion powershell | Out-String | Invoke-Expression
            'pub', 'publish w', 'publish --env=p', 'deploy --env ', 'pin we', 'publish --plat', 'deploy --summary no' |
                ForEach-Object {
                    $line = "lading $_"
                    $offered = TabExpansion2 -inputScript $line -cursorColumn $line.Length
                    ($offered.CompletionMatches.CompletionText | Sort-Object) -join ' '
                }
            """;

        var offered = await RunAsync("pwsh", "-NoProfile", "-NonInteractive", "-Command", script);

        Assert.Equal("publish web worker --env=prod dev local prod web@ --platform ./notes.txt", offered);
    }

    /// <summary>A folder with <c>lading</c> in it; the test is skipped if the shell is missing.</summary>
    private async Task<string> BinAsync(string shell)
    {
        if (OperatingSystem.IsWindows() || ProgramOnPath(shell) is null)
        {
            Requires.Missing($"{shell} is not there", $"Install it: apt-get install {shell}");
        }

        var bin = Directory.CreateDirectory(folder.Combine("bin")).FullName;
        var call = ToolProcess.Call(folder.Path);
        var command = string.Join(' ', call.Arguments.Prepend(call.Program).Select(word => $"'{word}'"));
        var path = Path.Combine(bin, "lading");
        await File.WriteAllTextAsync(
            path,
            $"#!/bin/sh\nexec {command} \"$@\"\n",
            TestContext.Current.CancellationToken
        );
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        }

        return bin;
    }

    private static string? ProgramOnPath(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Select(each => Path.Combine(each, name))
            .FirstOrDefault(File.Exists);

    private async Task<string> RunAsync(string shell, params IReadOnlyList<string> arguments)
    {
        var call = new ProgramCall(shell, arguments)
        {
            WorkingDirectory = folder.Path,
            Environment = new Dictionary<string, string?>(StringComparer.Ordinal) { ["HOME"] = folder.Path },
        };
        var result = await ProgramRunner.RunAsync(
            call,
            ReadOnlyMemory<byte>.Empty,
            TestContext.Current.CancellationToken
        );
        Assert.True(result.ExitCode == 0, result.Error);
        return result.Text.Trim().ReplaceLineEndings(" ");
    }
}
