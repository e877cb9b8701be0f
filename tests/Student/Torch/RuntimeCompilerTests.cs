using System.Diagnostics;
using System.Text;
using NaturalThoughts.Student.Tests.Native;
using NaturalThoughts.Student.Torch.Cuda;

namespace NaturalThoughts.Student.Tests.Torch;

public sealed class RuntimeCompilerTests : IDisposable
{
    // Accepts what begins with 'k', if its built-in functions are there; the module is the name of the target.
    private const string Source = """
        #include <dlfcn.h>
        #include <string.h>
        static char source[64], module[64];
        int nvrtcCreateProgram(void **program, const char *text, const char *name, int count, char **headers, char **names) { strncpy(source, text, 63); *program = source; return 0; }
        int nvrtcCompileProgram(void *program, int count, const char **options) {
            strncpy(module, options[0], 63);
            return program != source || count != 2 || strcmp(options[1], "--std=c++17") ? 5 : !dlopen("libnvrtc-builtins.so.13.0", RTLD_NOW) ? 7 : source[0] == 'k' ? 0 : 6;
        }
        int nvrtcDestroyProgram(void **program) { return *program != source; }
        int nvrtcGetProgramLogSize(void *program, unsigned long *size) { *size = 9; return 0; }
        int nvrtcGetProgramLog(void *program, char *log) { memcpy(log, "line 1?\n", 9); return 0; }
        int nvrtcGetCUBINSize(void *program, unsigned long *size) { *size = strlen(module); return 0; }
        int nvrtcGetCUBIN(void *program, char *image) { memcpy(image, module, strlen(module)); return 0; }
        const char *nvrtcGetErrorString(int result) { return "error"; }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("nt-nvrtc-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [CompilerFact]
    public void Should_Compile_When_PyTorchBringsTheCompiler()
    {
        string libtorch = Directory.CreateDirectory(Path.Combine(_folder, "torch", "lib")).FullName;
        string package = Directory.CreateDirectory(Path.Combine(_folder, "nvidia", "cu13", "lib")).FullName;
        Library(Path.Combine(package, "libnvrtc.alt.so.13"), "int none;");
        Library(Path.Combine(package, "libnvrtc-builtins.so.13.0"), "int none;", "-Wl,-soname,libnvrtc-builtins.so.13.0");
        Library(Path.Combine(package, "libnvrtc.so.13"), Source, "-ldl");

        RuntimeCompiler compiler = RuntimeCompiler.Find(libtorch)!;

        Assert.Equal("--gpu-architecture=sm_90", Encoding.UTF8.GetString(compiler.Compile("kernel", 90)));
        string message = Assert.Throws<InvalidOperationException>(() => compiler.Compile("nonsense", 90)).Message;
        Assert.Equal("nvrtcCompileProgram answers with error 6 for compute capability 90:\nline 1?", message);
    }

    private void Library(string path, string source, params string[] options)
    {
        string file = Path.Combine(_folder, "library.c");
        File.WriteAllText(file, source);
        using Process compiler = Process.Start("cc", ["-shared", "-fPIC", "-o", path, file, .. options]);
        compiler.WaitForExit();
        Assert.Equal(0, compiler.ExitCode);
    }
}
