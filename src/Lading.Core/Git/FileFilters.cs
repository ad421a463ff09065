namespace Lading.Git;

/// <summary>Which files git would pass to a filter program (gitattributes, "filter"), according to the attributes in a tree alone.</summary>
internal static class FileFilters
{
    private const string File = ".gitattributes";

    /// <summary>The names of filters, by the paths of the files that have one.</summary>
    /// <param name="objects">The repository's objects.</param>
    /// <param name="root">The git name of the whole repository's tree.</param>
    /// <param name="paths">From the top of the repository.</param>
    /// <param name="scratch">A folder that need not exist, for the attributes; it is removed afterwards.</param>
    /// <param name="cancellationToken">Cancels the git commands.</param>
    /// <exception cref="LadingException">git failed.</exception>
    public static async Task<IReadOnlyDictionary<string, string>> ReadAsync(
        ObjectReader objects,
        string root,
        IReadOnlyList<string> paths,
        string scratch,
        CancellationToken cancellationToken
    )
    {
        var folders = new HashSet<string>(StringComparer.Ordinal) { "" };
        foreach (var path in paths)
        {
            for (var at = path; at.LastIndexOf('/') is >= 0 and var slash && folders.Add(path[..(slash + 1)]); )
            {
                at = path[..slash];
            }
        }

        foreach (var folder in folders.Where(GitPath.IsUtf8))
        {
            CheckoutPath.Require(folder + File);
        }

        var attributeFiles = folders.Where(GitPath.IsUtf8).Select(folder => folder + File).ToList();
        var found = await objects
            .FindAllAsync(attributeFiles.ConvertAll(file => $"{root}:{file}"), cancellationToken)
            .ConfigureAwait(false);
        if (found.All(file => file is not { Type: "blob" }))
        {
            return new Dictionary<string, string>(StringComparer.Ordinal);
        }

        try
        {
            for (var i = 0; i < attributeFiles.Count; i++)
            {
                if (found[i] is { Type: "blob" } file)
                {
                    var path = Path.Combine(scratch, attributeFiles[i]);
                    Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                    await System
                        .IO.File.WriteAllBytesAsync(path, file.Content, cancellationToken)
                        .ConfigureAwait(false);
                }
            }

            return await QueryAsync(scratch, paths, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (Directory.Exists(scratch))
            {
                Directory.Delete(scratch, recursive: true);
            }
        }
    }

    /// <summary>Queries git in a separate repository, so that no setting of this clone or machine matters.</summary>
    private static async Task<IReadOnlyDictionary<string, string>> QueryAsync(
        string folder,
        IReadOnlyList<string> paths,
        CancellationToken cancellationToken
    )
    {
        const string Attempted = "Could not see which files git filters";
        var git = new GitProgram(folder)
        {
            Variables = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["GIT_DIR"] = null,
                ["GIT_WORK_TREE"] = null,
                ["GIT_INDEX_FILE"] = null,
                ["GIT_OBJECT_DIRECTORY"] = null,
                ["GIT_ATTR_NOSYSTEM"] = "1",
            },
        };
        await git.RunAsync(Attempted, ["init", "--quiet", "--template="], cancellationToken).ConfigureAwait(false);
        byte[] input = [.. paths.SelectMany(path => GitPath.Encode(path).Append((byte)0))];
        string[] ask = ["-c", "core.attributesFile=/dev/null", "-c", "core.ignoreCase=false"];
        var answer = await git.RunAsync(
                Attempted,
                input,
                [.. ask, "check-attr", "-z", "--stdin", "filter"],
                cancellationToken
            )
            .ConfigureAwait(false);
        var fields = GitPath.Decode(answer.Output.Span).Split('\0');
        var filters = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i + 2 < fields.Length; i += 3)
        {
            if (fields[i + 2] is not ("unspecified" or "unset" or "set"))
            {
                filters[fields[i]] = fields[i + 2];
            }
        }

        return filters;
    }
}
