using System.Globalization;
using Amazon.CDK;
using Lading.Testing;

namespace Lading.Tests.Cdk;

/// <summary>jsii is one Node process with one conversation: tests that talk to it run one at a time.</summary>
[CollectionDefinition(Name)]
public sealed class JsiiCollection : ICollectionFixture<JsiiCollection.Conversation>
{
    public const string Name = "jsii";

    /// <summary>
    /// The conversation, whose questions are counted; the warning about Node's age is kept out of the tests' output.
    /// </summary>
    public sealed class Conversation : IDisposable
    {
        /// <summary>Counts the lines that Node reads: each is a question, or the answer to one of its own.</summary>
        private const string Counter = """
            const fs = require('node:fs');
            const { readSync, writeFileSync } = fs;
            let count = 0;
            fs.readSync = function (fd, buffer, ...rest) {
                const read = readSync.call(this, fd, buffer, ...rest);
                if (fd === 0 || fd === 3) {
                    const before = count;
                    for (let i = 0; i < read; i++) {
                        count += buffer[i] === 10 ? 1 : 0;
                    }

                    if (count > before) {
                        try {
                            writeFileSync(process.env.JSII_QUESTIONS_FILE, String(count));
                        } catch {
                            // The counter is closed.
                        }
                    }
                }

                return read;
            };
            """;

        private readonly TestFolder folder = new();

        public Conversation()
        {
            var script = folder.Combine("counter.cjs");
            File.WriteAllText(script, Counter);
            System.Environment.SetEnvironmentVariable("JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION", "18,20,22");
            System.Environment.SetEnvironmentVariable("JSII_QUESTIONS_FILE", CountFile);
            System.Environment.SetEnvironmentVariable("NODE_OPTIONS", $"--require {script}");
            // This call starts Node; no other Node process should count.
            _ = new App();
            System.Environment.SetEnvironmentVariable("NODE_OPTIONS", null);
        }

        /// <summary>The number of lines that Node has read so far.</summary>
        public int Questions =>
            File.Exists(CountFile) ? int.Parse(File.ReadAllText(CountFile), CultureInfo.InvariantCulture) : 0;

        private string CountFile => folder.Combine("count");

        public void Dispose() => folder.Dispose();
    }
}
